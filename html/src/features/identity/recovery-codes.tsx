import { usePage } from "@/lib/store-context";
import { CopyButton } from "@/ui/copy-button";

interface Props {
  codes: readonly string[];
  done: () => void;
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

// They are told this once; only their hashes are kept.
export function RecoveryCodes({ codes, done }: Props) {
  const { store } = usePage();
  const text = `${codes.join("\n")}\n`;
  return (
    <div className="space-y-5">
      <p>
        With one of these you get in when your phone is not at hand. Each works
        once. They are not shown again.
      </p>
      <ul className="bg-surface grid grid-cols-2 gap-x-4 gap-y-1.5 rounded-base p-4 font-mono text-[0.9375rem]">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="grid grid-cols-2 gap-3">
        <CopyButton text={text} what="the codes" />
        <button
          type="button"
          className="button button-plain"
          onClick={() => download(text, `recovery-codes-${store.name}.txt`)}
        >
          Download
        </button>
      </div>
      <button type="button" className="button button-primary w-full" onClick={done}>
        I have kept them
      </button>
    </div>
  );
}
