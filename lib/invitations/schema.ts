export type Column = {
  required?: true;
  /** What may stand there: said in the help, and where something else was found. */
  expected: string;
  example: string;
};

/** What a sheet of therapists may tell, in any order. Every column but two may be left out. */
export const columns = {
  email: {
    required: true,
    expected: "one e-mail address",
    example: "ana@mail.example",
  },
  display_name: {
    required: true,
    expected: "the name that clients will see, up to 120 characters",
    example: "Ana Ruiz",
  },
  pronouns: { expected: "up to 60 characters", example: "she/her" },
  language: {
    expected: "en or es: the language of their mails, and of the texts in this row",
    example: "es",
  },
  city: { expected: "a town of the region beside it", example: "Portland" },
  region: { expected: "an ISO 3166-2 code of a region we know", example: "US-OR" },
  formats: {
    expected: "in-person, video, phone or text, with ; between them",
    example: "in-person; video",
  },
  languages: {
    expected: "up to 8 languages in which they do therapy, with ; between them",
    example: "en; Spanish",
  },
  modalities: {
    expected: "kinds of therapy from our list, with ; between them",
    example: "emdr; Schema therapy",
  },
  concerns: {
    expected: "topics from our list, with ; between them",
    example: "anxiety; trauma",
  },
  work_contexts: {
    expected: "kinds of work that they know, from our list, with ; between them",
    example: "camming; escorting",
  },
  credential_type: {
    expected: "a licence or register of the place in licence_region: our id, its name or letters",
    example: "LMFT",
  },
  licence_number: {
    expected: "the number as the register prints it, up to 60 characters",
    example: "T1234",
  },
  licence_region: { expected: "an ISO 3166-2 code of a region we know", example: "US-OR" },
  licence_expires: { expected: "a day as year-month-day", example: "2027-03-31" },
  website: {
    expected: "a web address that begins with https:// or http://, up to 300 characters",
    example: "https://ana.example",
  },
  headline: { expected: "one line about them, up to 200 characters", example: "EMDR, online" },
} as const satisfies Record<string, Column>;

export type ColumnName = keyof typeof columns;
export const columnNames = Object.keys(columns) as ColumnName[];

/** The cells of one row without spaces around them; blank where nothing was said. */
export type Cells = Readonly<Record<ColumnName, string>>;

export type Problem = {
  column: ColumnName;
  found: string;
  /** Instead of what the column expects in general. */
  expected?: string;
  /** What may have been meant. */
  hint?: string;
};

/** The cells of a row, and a place for what is wrong with them. */
export type RowReader = {
  cells: Cells;
  /** Notes that a cell is not as its column expects; there is no value then. */
  wrong: (column: ColumnName, more?: Partial<Omit<Problem, "column">>) => null;
};
