import { Component, type ReactNode } from "react";
import { Failure } from "@/ui/notice";

interface Props {
  children: ReactNode;
}

interface State {
  failed: boolean;
}

export class Boundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) {
      return this.props.children;
    }
    return (
      <main className="wrap">
        <Failure
          title="This page could not be shown"
          detail="Something went wrong on our side."
          retry={() => location.reload()}
        />
      </main>
    );
  }
}
