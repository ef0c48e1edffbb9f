/** Whether a chosen language is one that therapy can be done in: a few words are not enough. */
export function isReadersLanguage(term: { kind: string; level: string | null }): boolean {
  return term.kind === "language" && (term.level === null || term.level === "therapy");
}

export type TrainingFacts = {
  kind: string;
  workerLed: "yes" | "no" | "unknown";
  evidence: string;
};

/** The values of the criterion `training` that a therapist's trainings satisfy. */
export function trainingCriteria(trainings: readonly TrainingFacts[]): string[] {
  const met = new Set<string>();
  for (const training of trainings) {
    met.add(training.kind);
    if (training.workerLed === "yes") met.add("sex-worker-led");
    if (training.kind === "certificate-programme") met.add("certified");
    if (isEvidenceChecked(training.evidence)) met.add("evidence-checked");
  }
  return [...met];
}

export function isEvidenceChecked(evidence: string): boolean {
  return evidence === "seen" || evidence === "confirmed-by-provider";
}
