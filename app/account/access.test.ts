import { expect, test } from "vitest";
import type { Role } from "#db/vocabulary.ts";
import { rolesThatCount, type Session, staffRoles } from "#lib/auth/rules.ts";
import { type Access, type WayIn, wayIn } from "./access.ts";

function session(roles: readonly Role[], secondFactor: Session["secondFactor"]): Session {
  return {
    personId: "person-1",
    roles: rolesThatCount(roles, secondFactor),
    heldRoles: roles,
    email: "robin@mail.example",
    name: "",
    locale: "en",
    secondFactor,
    secondFactorAt: null,
    deletionAskedAt: null,
  };
}

const people = {
  nobody: null,
  "no role": session([], "not-set-up"),
  therapist: session(["therapist"], "not-set-up"),
  "therapist, half in": session(["therapist"], "needed"),
  "therapist, by two factors": session(["therapist"], "passed"),
  "moderator without a second factor": session(["moderator"], "not-set-up"),
  "moderator, half in": session(["moderator"], "needed"),
  "moderator, by two factors": session(["moderator"], "passed"),
  "therapist and moderator without a second factor": session(
    ["therapist", "moderator"],
    "not-set-up",
  ),
};
type Person = keyof typeof people;

const desk: Access = ["moderator", "lead"];
const therapists: Access = ["therapist"];
const both: Access = ["therapist", "moderator"];

test.each<[Access, Person, WayIn]>([
  ...(Object.keys(people) as Person[]).map((who): [Access, Person, WayIn] => ["anyone", who, "in"]),
  ["half-signed-in", "nobody", "sign-in"],
  ["half-signed-in", "no role", "in"],
  ["half-signed-in", "therapist, half in", "in"],
  ["half-signed-in", "moderator, half in", "in"],
  ["signed-in", "nobody", "sign-in"],
  ["signed-in", "no role", "in"],
  ["signed-in", "therapist", "in"],
  ["signed-in", "therapist, half in", "second-factor"],
  ["signed-in", "moderator without a second factor", "in"],
  ["signed-in", "moderator, half in", "second-factor"],
  [therapists, "nobody", "sign-in"],
  [therapists, "no role", "hidden"],
  [therapists, "therapist", "in"],
  [therapists, "therapist, half in", "second-factor"],
  [therapists, "therapist, by two factors", "in"],
  [therapists, "moderator, by two factors", "hidden"],
  [therapists, "therapist and moderator without a second factor", "in"],
  [desk, "nobody", "sign-in"],
  [desk, "no role", "hidden"],
  [desk, "therapist", "hidden"],
  [desk, "therapist, half in", "second-factor"],
  [desk, "therapist, by two factors", "hidden"],
  [desk, "moderator without a second factor", "set-up-second-factor"],
  [desk, "moderator, half in", "second-factor"],
  [desk, "moderator, by two factors", "in"],
  [desk, "therapist and moderator without a second factor", "set-up-second-factor"],
  [both, "therapist", "in"],
  [both, "moderator without a second factor", "set-up-second-factor"],
  [both, "therapist and moderator without a second factor", "in"],
  [[], "moderator, by two factors", "hidden"],
])("%j, %s: %s", (access, who, way) => {
  expect(wayIn(access, people[who])).toBe(way);
});

test.each(staffRoles)("%s reaches no desk by one factor, and no other's by two", (role) => {
  expect(wayIn([role], session([role], "not-set-up"))).toBe("set-up-second-factor");
  expect(wayIn([role], session([role], "needed"))).toBe("second-factor");
  expect(wayIn([role], session([role], "passed"))).toBe("in");
  const others = staffRoles.filter((other) => other !== role);
  expect(wayIn(others, session([role], "passed"))).toBe("hidden");
});

test.each<[Person, WayIn]>([
  ["therapist", "in"],
  ["therapist, half in", "second-factor"],
  ["therapist, by two factors", "second-factor"],
  ["no role", "hidden"],
])("a fresh second factor of whoever has one, %s: %s", (who, way) => {
  expect(wayIn(therapists, people[who], "if-set-up")).toBe(way);
});
