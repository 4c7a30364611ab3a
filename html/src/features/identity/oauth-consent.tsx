import { problemOf } from "@/lib/api";
import { usePage } from "@/lib/store-context";
import { CheckIcon } from "@/ui/icons";
import { Failure } from "@/ui/notice";
import { useAnswerOauthRequest } from "./api/answer-oauth-request";
import { useOauthRequest, type OauthRequest } from "./api/get-oauth-request";

export function OauthConsent({ id }: { id: string }) {
  const request = useOauthRequest(id);
  if (request.data) {
    return <Question id={id} request={request.data} />;
  }
  if (request.error) {
    const problem = problemOf(request.error);
    return problem.status === 404 ? (
      <div role="alert">
        <h1 className="text-3xl">This question is not open any more</h1>
        <p className="text-muted mt-3">
          It was answered already, or waited too long. Start again in the
          application that sent you here.
        </p>
      </div>
    ) : (
      <Failure
        title="This can't be shown right now"
        detail={problem.detail ?? problem.title}
        retry={() => void request.refetch()}
      />
    );
  }
  return (
    <div aria-busy="true" className="space-y-4">
      <span role="status" className="sr-only">
        Loading what is asked
      </span>
      <div className="skeleton h-10" />
      <div className="skeleton h-40" />
      <div className="skeleton h-12" />
    </div>
  );
}

function Question({ id, request }: { id: string; request: OauthRequest }) {
  const { store, user } = usePage();
  const answer = useAnswerOauthRequest();
  const problem = answer.error && problemOf(answer.error);
  const busy = answer.isPending || answer.isSuccess;
  const send = (approve: boolean) =>
    answer.mutate(
      { id, approve },
      { onSuccess: ({ redirect_to }) => location.assign(redirect_to) },
    );
  return (
    <>
      <h1 className="text-3xl">
        Let <strong>{request.client.name}</strong> into your account?
      </h1>
      <p className="text-muted mt-3">
        You are signed in to {store.name} as{" "}
        <span className="text-fg">{user?.email}</span>.
      </p>
      <h2 className="mt-8 mb-3 text-lg">It would be able to</h2>
      <ul className="card divide-border divide-y">
        {request.scopes.map((scope) => (
          <li key={scope.name} className="flex gap-3 p-4">
            <CheckIcon className="text-success mt-0.5 size-5 shrink-0" />
            <span>
              <span lang={scope.language}>{scope.description}</span>
              <span className="text-muted block text-sm">{scope.name}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className="text-muted mt-4 text-sm">
        Then you go on to <strong>{request.redirect_host}</strong>. You can end
        the access at any time, under Privacy in your account.
      </p>
      {problem && (
        <p role="alert" className="text-danger mt-4 font-medium">
          {problem.detail ?? problem.title}
        </p>
      )}
      <div className="mt-6 grid gap-3 sm:grid-cols-2">
        <button
          type="button"
          className="button button-plain"
          disabled={busy}
          onClick={() => send(false)}
        >
          Refuse
        </button>
        <button
          type="button"
          className="button button-primary"
          disabled={busy}
          onClick={() => send(true)}
        >
          Allow
        </button>
      </div>
    </>
  );
}
