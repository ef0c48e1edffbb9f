/** Where a script says how far it is, and what is wrong. */
export function Lines() {
  return (
    <>
      <p role="alert" className="alarm" data-alarm />
      <p role="status" className="step" data-status />
    </>
  );
}
