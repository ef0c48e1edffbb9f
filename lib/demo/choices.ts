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
  "step-free": 0.5,
  lift: 0.3,
  "accessible-toilet": 0.4,
  "gender-neutral-toilet": 0.5,
  "wide-doors": 0.25,
  "accessible-parking": 0.2,
  "public-transport": 0.6,
  "seating-sizes": 0.35,
  "assistance-animals": 0.45,
  "ground-floor": 0.2,
  "hearing-loop": 0.04,
  "scent-free": 0.3,
  "low-light": 0.4,
  quiet: 0.35,
  "mask-hepa": 0.3,
};

export const online: Record<string, number> = {
  captions: 0.4,
  "low-bandwidth": 0.2,
  "no-account": 0.5,
  "browser-only": 0.55,
  "screen-reader-ok": 0.2,
  "keyboard-ok": 0.15,
};

export const always: Record<string, number> = {
  "no-phone-booking": 0.6,
  breaks: 0.5,
  "shorter-sessions": 0.3,
  "flexible-cancel": 0.35,
  "support-person": 0.3,
  "fidget-movement": 0.4,
  reminders: 0.5,
  "plain-language": 0.25,
  "childcare-friendly": 0.12,
  "written-summary": 0.15,
};

export const habits: Record<string, number> = {
  daytime: 0.85,
  evening: 0.6,
  "early-morning": 0.15,
  "late-night": 0.12,
  weekend: 0.22,
  "flexible-schedule": 0.35,
  "short-notice": 0.15,
  "single-session": 0.15,
  brief: 0.35,
  "long-term": 0.7,
  intensive: 0.12,
  consultation: 0.6,
  supervision: 0.15,
  "assessment-letter": 0.25,
  "working-name": 0.8,
  "camera-off": 0.6,
  "encrypted-video": 0.3,
  "e2e-messaging": 0.2,
  "discreet-contact": 0.6,
  "async-messaging": 0.15,
  "walk-outdoor": 0.1,
  group: 0.08,
  "older-adult": 0.12,
};
