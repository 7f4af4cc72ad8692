// A description of the size that Chromium makes for data channels.

const CANDIDATES = [0, 1, 2, 3].map(
  (each) =>
    `a=candidate:${1_234_567_890 + each} 1 udp 2122260223 192.0.2.${each + 1} ${50_000 + each} typ host generation 0 network-id 1`,
);

/** `fingerprint`: 32 hexadecimal pairs joined by colons. */
export function description(fingerprint) {
  const lines = ["v=0", "o=- 4611731400430051336 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0"];
  lines.push("a=extmap-allow-mixed", "a=msid-semantic: WMS", "m=application 50000 UDP/DTLS/SCTP webrtc-datachannel");
  lines.push("c=IN IP4 192.0.2.1", ...CANDIDATES, "a=ice-ufrag:abcd", "a=ice-pwd:abcdefghijklmnopqrstuvwx");
  lines.push("a=ice-options:trickle", `a=fingerprint:sha-256 ${fingerprint}`, "a=setup:actpass", "a=mid:0");
  lines.push("a=sctp-port:5000", "a=max-message-size:262144", "");
  return lines.join("\r\n");
}
