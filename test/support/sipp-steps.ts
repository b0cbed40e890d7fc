/** Pieces of sipp's XML scenarios; `[…]` are sipp's own keywords. */

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** Waits for a request. The route set of an INVITE is kept for the requests that we send later. */
export function receive(method: string): string {
  return `<recv request="${method}" rrs="true"/>`;
}

/** Waits for a response; provisional ones before it are let pass. */
export function expect(status: number): string {
  const provisional = [100, 180, 183].filter((code) => code !== status);
  const optional = status >= 200 ? provisional.map((code) => `<recv response="${code}" optional="true"/>`).join('\n') : '<recv response="100" optional="true"/>';
  return `${optional}\n<recv response="${status}" rrs="true"/>`;
}

export function pause(milliseconds: number): string {
  return `<pause milliseconds="${milliseconds}"/>`;
}

/** Speaks raw A-law from a file, over and over, to where the far end's SDP said. */
export function speak(file: string): string {
  return `<nop><action><exec rtp_stream="${xml(file)},-1,8"/></action></nop>`;
}

/** @param direction `sendrecv`, `sendonly`, … */
export function audioSdp(direction = 'sendrecv', extra = ''): string {
  return `Content-Type: application/sdp
Content-Length: [len]

v=0
o=sipp 53655765 ${direction === 'sendrecv' ? 1 : 2} IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [rtpstream_audio_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a=${direction}
${extra}`;
}

const noBody = 'Content-Length: 0\n\n';

function message(text: string, attributes = ''): string {
  return `<send ${attributes}><![CDATA[\n\n${text.trimEnd()}\n\n]]></send>`;
}

/** A response to the last request. @param status e.g. `486 Busy Here` */
export function respond(status: string, options: { body?: string; headers?: string } = {}): string {
  const { body = noBody, headers = '' } = options;
  return message(
    `SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:];tag=sipp[call_number]
[last_Call-ID:]
[last_CSeq:]
[last_Record-Route:]
Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>
${headers ? `${headers}\n` : ''}${body}`,
  );
}

/** A final response to the INVITE after a CANCEL came in between, whose CSeq sipp would otherwise repeat. */
export function respondToInvite(status: string): string {
  return message(`SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:];tag=sipp[call_number]
[last_Call-ID:]
CSeq: [last_cseq_number] INVITE
${noBody}`);
}

/** A response inside the dialog, where To has its tag already. */
export function respondInDialog(status: string, body = noBody): string {
  return message(`SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>
${body}`);
}

export interface CallerOptions {
  /** The caller's user part and display name, as in From. */
  from?: string;
  headers?: string;
  body?: string;
  /** Whole From header value, for what `from` cannot write. */
  fromHeader?: string;
}

function headersOf(options: CallerOptions): string {
  const from = options.fromHeader ?? `<sip:${options.from ?? '7700'}@[remote_ip]:[remote_port]>`;
  return `From: ${from};tag=sipp[call_number]
Call-ID: [call_id]
Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>
Max-Forwards: 70
${options.headers ? `${options.headers}\n` : ''}`;
}

// CANCEL and the ACK of a refusal belong to the INVITE's transaction; sipp's own `[branch-n]` counts steps, not requests.
const invitationVia = 'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-invite;rport';

/** INVITE to `-s` user. */
export function invite(options: CallerOptions = {}): string {
  return message(
    `INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
${invitationVia}
To: <sip:[service]@[remote_ip]:[remote_port]>
CSeq: 1 INVITE
${headersOf(options)}${options.body ?? audioSdp()}`,
    'retrans="500"',
  );
}

/** ACK of a 200, through the route that it recorded. @param body for a late offer: the answer */
export function ack(options: CallerOptions & { cseq?: number; body?: string } = {}): string {
  return message(`ACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport
[routes]
[last_To:]
CSeq: ${options.cseq ?? 1} ACK
${headersOf(options)}${options.body ?? noBody}`);
}

/** ACK of a refusal: part of the INVITE's transaction. */
export function ackRefusal(options: CallerOptions = {}): string {
  return message(`ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
${invitationVia}
[last_To:]
CSeq: 1 ACK
${headersOf(options)}${noBody}`);
}

/** A request of the caller's inside the dialog. */
export function inDialog(method: string, cseq: number, options: CallerOptions = {}): string {
  return message(
    `${method} [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport
[routes]
[last_To:]
CSeq: ${cseq} ${method}
${headersOf(options)}${options.body ?? noBody}`,
    'retrans="500"',
  );
}

/** CANCEL of the INVITE. @param headers e.g. `Reason: SIP;cause=200;text="Call completed elsewhere"` */
export function cancel(options: CallerOptions = {}): string {
  return message(
    `CANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0
${invitationVia}
To: <sip:[service]@[remote_ip]:[remote_port]>
CSeq: 1 CANCEL
${headersOf(options)}${noBody}`,
    'retrans="500"',
  );
}
