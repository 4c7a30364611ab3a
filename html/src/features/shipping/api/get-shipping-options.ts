import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function getShippingOptions(country: string, postalCode: string) {
  return call("get", "/api/v1/cart/shipping-options", {
    query: { country, postal_code: postalCode },
  });
}

export function useShippingOptions(
  country: string,
  postalCode: string,
  enabled: boolean,
) {
  return useQuery({
    queryKey: ["shipping-options", country, postalCode],
    queryFn: () => getShippingOptions(country, postalCode),
    enabled,
  });
}
