import { useState } from "react";

interface Props {
  text: string;
  what: string;
}

export function CopyButton({ text, what }: Props) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // the browser said no; the text can be selected
      setCopied(false);
    }
  };
  return (
    <>
      <button type="button" className="button button-plain" onClick={() => void copy()}>
        {copied ? "Copied" : "Copy"}
        <span className="sr-only"> {what}</span>
      </button>
      <span role="status" className="sr-only">
        {copied && "Copied"}
      </span>
    </>
  );
}
