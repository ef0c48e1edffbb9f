/** What a therapist's practice is about; choices are drawn from here so that they fit together. */
export type Archetype = {
  /** How common this kind of practice is. */
  weight: number;
  modalities: readonly string[];
  concerns: readonly string[];
  work?: readonly string[];
};

export const archetypes: Record<string, Archetype> = {
  trauma: {
    weight: 17,
    modalities: ["emdr", "trauma-informed", "ifs", "somatic-experiencing", "cpt", "brainspotting"],
    concerns: ["trauma", "violence-assault", "sleep", "policing-detention", "intimate-partner-violence"],
  },
  sexuality: {
    weight: 9,
    modalities: ["sex-therapy", "kink-affirming", "relationship-cnm", "lgbtq-affirming", "emdr"],
    concerns: ["sexuality-pleasure", "kink-identity", "shame-stigma", "sexual-health", "relationships"],
    work: ["pro-domination", "fetish", "sexual-surrogacy", "porn-performing"],
  },
  couples: {
    weight: 8,
    modalities: ["eft-couples", "gottman", "relationship-cnm", "systemic-family", "attachment"],
    concerns: ["relationships", "partner-about-work", "cnm", "coming-out-work"],
    work: ["partner-family", "couples-content"],
  },
  cognitive: {
    weight: 9,
    modalities: ["cbt", "act", "erp", "mbct", "dbt"],
    concerns: ["anxiety", "ocd", "sleep", "self-worth"],
  },
  neuro: {
    weight: 8,
    modalities: ["neurodiversity-affirming", "act", "dbt", "cbt", "ifs"],
    concerns: ["adhd-autism", "stress-burnout", "emotional-labour", "self-worth"],
    work: ["camming", "content-creation", "virtual-ai"],
  },
  depth: {
    weight: 8,
    modalities: ["psychodynamic", "relational", "attachment", "existential", "psychoanalysis"],
    concerns: ["self-worth", "relationships", "family", "emotional-labour"],
  },
  somatic: {
    weight: 7,
    modalities: ["somatic", "somatic-experiencing", "sensorimotor", "emdr", "dance-movement"],
    concerns: ["trauma", "eating-body", "disability-illness", "stress-burnout"],
    work: ["stripping", "massage-bodywork"],
  },
  identity: {
    weight: 9,
    modalities: ["lgbtq-affirming", "narrative", "feminist-multicultural", "ifs", "emdr"],
    concerns: ["gender", "sexual-orientation", "family", "racism", "shame-stigma"],
  },
  "harm-reduction": {
    weight: 6,
    modalities: ["harm-reduction", "motivational-interviewing", "dbt", "trauma-informed"],
    concerns: ["substance-use", "housing", "policing-detention", "sexual-health"],
    work: ["street-based", "survival-trade"],
  },
  creative: {
    weight: 3,
    modalities: ["art", "drama", "music", "gestalt", "narrative"],
    concerns: ["emotional-labour", "grief", "self-worth", "trauma"],
  },
  grief: {
    weight: 4,
    modalities: ["grief-therapy", "existential", "person-centred", "emdr"],
    concerns: ["grief", "community-loss", "life-transitions", "isolation"],
  },
  burnout: {
    weight: 8,
    modalities: ["act", "solution-focused", "cft-compassion", "cbt"],
    concerns: ["stress-burnout", "work-life", "boundaries-work", "banking-deplatforming", "career-growth"],
    work: ["content-creation", "camming", "escorting"],
  },
  migration: {
    weight: 6,
    modalities: ["trauma-informed", "emdr", "feminist-multicultural", "net", "narrative"],
    concerns: ["immigration", "racism", "isolation", "trauma", "legal-stress"],
    work: ["migrant-worker", "agency-parlour", "massage-bodywork"],
  },
  family: {
    weight: 5,
    modalities: ["systemic-family", "attachment", "narrative", "play"],
    concerns: ["parenting", "custody", "family", "pregnancy-reproductive", "coming-out-work"],
    work: ["partner-family", "former"],
  },
  prescriber: {
    weight: 0,
    modalities: ["medication-management", "trauma-informed", "psychedelic-integration"],
    concerns: ["depression", "anxiety", "sleep", "bipolar-psychosis", "adhd-autism"],
  },
};

/** How often each choice is made at all, out of a hundred or so. */
export const modalityWeights: Record<string, number> = {
  "trauma-informed": 60, "lgbtq-affirming": 45, cbt: 35, "feminist-multicultural": 30, emdr: 26,
  "harm-reduction": 28, "kink-affirming": 28, "person-centred": 25, ifs: 25, attachment: 24, act: 22,
  "relationship-cnm": 22, "neurodiversity-affirming": 20, somatic: 18, psychodynamic: 16, dbt: 12,
  mbct: 14, narrative: 14, relational: 12, "motivational-interviewing": 11, "grief-therapy": 9,
  "sex-therapy": 9, "solution-focused": 9, "cft-compassion": 9, humanistic: 8, existential: 7,
  "systemic-family": 7, schema: 5, "group-process": 5, "somatic-experiencing": 5, brainspotting: 5,
  gottman: 4, "eft-couples": 5, sensorimotor: 4, gestalt: 4, art: 3, aedp: 3, hypnotherapy: 2, ipt: 2,
  "transactional-analysis": 2, "peer-cofacilitated": 2, discernment: 2, "tf-cbt": 4, cpt: 4,
};

export const concernWeights: Record<string, number> = {
  anxiety: 80, depression: 70, "shame-stigma": 70, "stress-burnout": 52, trauma: 52,
  "boundaries-work": 50, relationships: 44, "self-worth": 44, "coming-out-work": 35,
  "partner-about-work": 34, "emotional-labour": 30, "work-life": 32, "violence-assault": 28,
  isolation: 25, family: 24, cnm: 20, "intimate-partner-violence": 20, gender: 20,
  "sexual-orientation": 20, "sexuality-pleasure": 20, grief: 20, "online-harassment": 20,
  "substance-use": 18, "adhd-autism": 18, "kink-identity": 18, "life-transitions": 17,
  "policing-detention": 16, "healthcare-harm": 16, racism: 15, sleep: 18, "income-uncertainty": 18,
  "banking-deplatforming": 14, "outing-threats": 14, "content-leaks": 14, "disability-illness": 13,
  "career-growth": 13, parenting: 13, suicidality: 12, "changing-work": 11, "eating-body": 12,
  whorearchy: 11, "community-loss": 11, "legal-stress": 12, activism: 9, custody: 8, immigration: 8,
  "self-harm": 9, "faith-spirituality": 9, "sexual-health": 9, ocd: 7, anger: 7, housing: 6,
  "pregnancy-reproductive": 7, "bipolar-psychosis": 5, "trafficking-exploitation": 4,
};

export const workWeights: Record<string, number> = {
  escorting: 70, "content-creation": 60, stripping: 55, camming: 48, "porn-performing": 36,
  "pro-domination": 36, mixed: 40, former: 38, "partner-family": 28, sugar: 28, fetish: 22,
  "street-based": 22, "agency-parlour": 22, "massage-bodywork": 22, occasional: 20, "phone-text": 18,
  "survival-trade": 16, modelling: 16, findom: 13, "couples-content": 13, "migrant-worker": 13,
  organiser: 13, "worker-therapist": 12, "porn-producing": 9, "sexual-surrogacy": 7,
  "virtual-ai": 7, "peep-private-shows": 6, "disability-companionship": 6, "support-staff": 7,
  "clients-of-workers": 6, management: 4, "licensed-brothel": 3,
};
