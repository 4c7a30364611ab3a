import type { ReactNode } from "react";
import { AlertIcon } from "./icons";

interface EmptyProps {
  title: string;
  children?: ReactNode;
  picture?: string;
}

export function Empty({ title, children, picture }: EmptyProps) {
  return (
    <div className="mx-auto max-w-md py-12 text-center sm:py-20">
      {picture && (
        <span className="tint mx-auto mb-6 grid size-36 place-items-center rounded-full">
          <img
            src={`/media/emoji/${picture}.webp`}
            alt=""
            width={256}
            height={256}
            className="size-20 object-contain"
          />
        </span>
      )}
      <h2 className="text-2xl">{title}</h2>
      <div className="text-muted mt-3 space-y-6">{children}</div>
    </div>
  );
}

interface FailureProps {
  title: string;
  detail: string;
  retry: () => void;
}

export function Failure({ title, detail, retry }: FailureProps) {
  return (
    <div role="alert" className="card mx-auto my-12 max-w-md p-8 text-center">
      <AlertIcon className="text-danger mx-auto mb-3 size-8" />
      <h2 className="text-xl">{title}</h2>
      <p className="text-muted mt-2">{detail}</p>
      <button type="button" className="button button-plain mt-6" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
