import { Answer } from "./Answer";

export function App() {
  return (
    <main>
      <h1>RecordSponge sample application</h1>
      <Answer path="/api/hello" />
      <Answer path="/api/db" />
    </main>
  );
}
