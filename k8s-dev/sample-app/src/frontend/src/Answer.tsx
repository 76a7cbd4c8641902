import { useEffect, useState } from "react";

/** Shows what the back end answers at a path. */
export function Answer({ path }: { path: string }) {
  const [text, setText] = useState("...");

  useEffect(() => {
    let shown = true;
    fetch(path)
      .then((response) => response.text())
      .catch((error) => String(error))
      .then((answer) => shown && setText(answer));
    return () => {
      shown = false;
    };
  }, [path]);

  return (
    <p>
      <code>{path}</code>: <span>{text}</span>
    </p>
  );
}
