/**
 * Which names the server answers to, and which pages. A page on the web can point a name of its own at 127.0.0.1 and then read
 * what a local server says (DNS rebinding); it cannot keep the browser from naming that host. Nor can it keep the browser from
 * naming the page's origin, where it calls a local server by that server's own name.
 */

import { BlockList, isIPv4, isIPv6 } from "node:net";

const LOOPBACK = new BlockList();
LOOPBACK.addAddress("::1", "ipv6");
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");

/** Whether a `Host` is `localhost`, a name below it, or a loopback address, with any port. @param {string} authority */
export function isLoopback(authority) {
  const [, bracketed, plain] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::\d*)?$/.exec(authority.trim()) ?? [];
  if (bracketed !== undefined) return isIPv6(bracketed) && LOOPBACK.check(bracketed, "ipv6");
  if (plain === undefined) return false;
  if (isIPv4(plain)) return LOOPBACK.check(plain, "ipv4");
  return /^(?:.*\.)?localhost\.?$/i.test(plain);
}

/** Whether a page of this `Origin` is one of loopback. `null` is not: any page can have a frame that calls itself so. @param {string} origin */
export function isLoopbackPage(origin) {
  const [, authority] = /^https?:\/\/(.*)$/.exec(origin) ?? [];
  return authority !== undefined && isLoopback(authority);
}
