import { useState } from "react";
import { MoonIcon, SunIcon } from "@/ui/icons";

type Scheme = "light" | "dark";

function present(): Scheme {
  const chosen = document.documentElement.dataset.scheme;
  if (chosen === "light" || chosen === "dark") {
    return chosen;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

// The gateway reads the cookie, so that the first frame is already right.
export function SchemeSwitch() {
  const [scheme, setScheme] = useState(present);
  const other: Scheme = scheme === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      className="tap rounded-full"
      aria-label={`Use the ${other} colours`}
      onClick={() => {
        document.cookie = `scheme=${other}; Path=/; Max-Age=31536000; SameSite=Lax`;
        document.documentElement.dataset.scheme = other;
        setScheme(other);
      }}
    >
      {other === "dark" ? <MoonIcon /> : <SunIcon />}
    </button>
  );
}
