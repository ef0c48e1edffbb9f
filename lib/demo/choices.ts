/** How likely a therapist ticks each choice, from 0 to 1. */

export const others: Record<string, number> = {
  cnm: 0.1,
  kink: 0.08,
  parent: 0.2,
  disabled: 0.06,
  "chronic-illness": 0.07,
  adhd: 0.06,
  "working-class": 0.14,
  recovery: 0.05,
  fat: 0.06,
  older: 0.06,
  migrant: 0.06,
  secular: 0.05,
  buddhist: 0.03,
  christian: 0.03,
  jewish: 0.03,
  muslim: 0.02,
};

export const payers: Record<string, Record<string, number>> = {
  US: {
    "insurance-out-of-network": 0.5,
    "insurance-in-network": 0.34,
    medicaid: 0.16,
    medicare: 0.08,
    "tricare-va": 0.04,
    "victim-compensation": 0.1,
    eap: 0.06,
  },
  GB: { nhs: 0.06, eap: 0.08, "third-party-fund": 0.08 },
  CA: { "ca-extended": 0.62, "ca-nihb": 0.14, "victim-compensation": 0.06 },
  AU: { "au-medicare": 0.5, "au-ndis": 0.2, "victim-compensation": 0.06 },
  NZ: { "nz-acc": 0.36 },
  IE: { "insurance-out-of-network": 0.3 },
  DE: { "de-gkv": 0.4, "de-pkv": 0.6 },
  NL: { "nl-basis": 0.55, "insurance-out-of-network": 0.2 },
};

export const ways: Record<string, number> = {
  "bank-transfer": 0.6,
  card: 0.75,
  cash: 0.42,
  "payment-app": 0.28,
  "prepaid-gift-card": 0.12,
  crypto: 0.03,
  "neutral-descriptor": 0.5,
  "no-cancellation-fee": 0.2,
  "pro-bono": 0.08,
  "low-cost-group": 0.06,
  "third-party-fund": 0.06,
};

export const building: Record<string, number> = {
  "step-free": 0.4,
  lift: 0.24,
  "accessible-toilet": 0.32,
  "gender-neutral-toilet": 0.4,
  "wide-doors": 0.2,
  "accessible-parking": 0.16,
  "public-transport": 0.48,
  "seating-sizes": 0.28,
  "assistance-animals": 0.36,
  "ground-floor": 0.16,
  "hearing-loop": 0.03,
  "scent-free": 0.24,
  "low-light": 0.32,
  quiet: 0.28,
  "mask-hepa": 0.24,
};

export const online: Record<string, number> = {
  captions: 0.32,
  "low-bandwidth": 0.16,
  "no-account": 0.4,
  "browser-only": 0.44,
  "screen-reader-ok": 0.16,
  "keyboard-ok": 0.12,
};

export const always: Record<string, number> = {
  "no-phone-booking": 0.48,
  breaks: 0.4,
  "shorter-sessions": 0.24,
  "flexible-cancel": 0.28,
  "support-person": 0.24,
  "fidget-movement": 0.32,
  reminders: 0.4,
  "plain-language": 0.2,
  "childcare-friendly": 0.1,
  "written-summary": 0.12,
};

export const habits: Record<string, number> = {
  daytime: 0.68,
  evening: 0.48,
  "early-morning": 0.12,
  "late-night": 0.1,
  weekend: 0.18,
  "flexible-schedule": 0.28,
  "short-notice": 0.12,
  "single-session": 0.12,
  brief: 0.28,
  "long-term": 0.56,
  intensive: 0.1,
  consultation: 0.48,
  supervision: 0.12,
  "assessment-letter": 0.2,
  "working-name": 0.64,
  "camera-off": 0.48,
  "encrypted-video": 0.24,
  "e2e-messaging": 0.16,
  "discreet-contact": 0.48,
  "async-messaging": 0.12,
  "walk-outdoor": 0.08,
  group: 0.06,
  "older-adult": 0.1,
};
