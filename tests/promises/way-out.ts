import { readFileSync } from "node:fs";

/**
 * How often something on this network wanted to leave it, as the system counts it. There is no
 * way out, so each attempt ends as one without a route; a name that is asked for goes by UDP.
 */
export function attemptsToLeave(): number {
  const old = pairs(readFileSync("/proc/self/net/snmp", "utf8"));
  const six = Object.fromEntries(
    readFileSync("/proc/self/net/snmp6", "utf8")
      .split("\n")
      .map((line) => line.split(/\s+/)),
  );
  const counts = [
    old["Ip:OutNoRoutes"],
    old["Udp:OutDatagrams"],
    six.Ip6OutNoRoutes,
    six.Udp6OutDatagrams,
  ];
  return counts.reduce<number>((sum, count) => sum + Number(count), 0);
}

/** Each line of names is followed by one of numbers. */
function pairs(text: string): Record<string, string> {
  const lines = text
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
  const entries = lines.flatMap(([group, ...cells], at) =>
    at % 2 === 1 ? cells.map((cell, n) => [`${group}${lines[at - 1]?.[n + 1]}`, cell]) : [],
  );
  return Object.fromEntries(entries);
}
