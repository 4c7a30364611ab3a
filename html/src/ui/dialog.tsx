import { useEffect, useId, useRef, type ReactNode } from "react";
import { CloseIcon } from "./icons";

interface Props {
  title: string;
  close: () => void;
  children: ReactNode;
}

// A native dialog keeps the focus and gives it back by itself.
export function Dialog({ title, close, children }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    box.current?.showModal();
  }, []);
  return (
    <dialog
      ref={box}
      onClose={close}
      aria-labelledby={id}
      className="bg-raised text-fg rise m-0 mt-auto max-h-[92dvh] w-full max-w-none overflow-y-auto rounded-t-[1.25rem] p-5 sm:mx-auto sm:my-auto sm:w-[28rem] sm:rounded-base sm:p-7"
    >
      <div className="mb-5 flex items-start gap-3">
        <h2 id={id} className="grow text-xl">
          {title}
        </h2>
        <form method="dialog" className="-mt-2 -mr-2">
          <button type="submit" className="tap" aria-label="Close">
            <CloseIcon className="size-5" />
          </button>
        </form>
      </div>
      {children}
    </dialog>
  );
}
