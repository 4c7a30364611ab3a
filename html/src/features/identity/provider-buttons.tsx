import { address } from "@/lib/api";
import { useProviders, type Provider } from "./api/list-providers";

interface Props {
  next: string;
  verb: string;
}

// Nothing is shown until it is known that there are any.
export function ProviderButtons({ next, verb }: Props) {
  const providers = useProviders().data?.items ?? [];
  return (
    <>
      {providers.map((provider) => (
        <a
          key={provider.id}
          href={wayTo(provider, next)}
          className="button button-plain w-full"
        >
          {verb} {provider.name}
        </a>
      ))}
    </>
  );
}

// A link of the browser's own: the provider's page comes next.
export function wayTo(provider: Provider, next: string, link = false): string {
  return address(
    "/api/v1/auth/oidc/{provider}",
    { provider: provider.id },
    { next, ...(link && { link }) },
  );
}
