import type { Certificate } from './certificates.ts';

export interface KamailioOptions {
  directory: string;
  /** Password by user. */
  users: Record<string, string>;
  /** Users that are reached at a fixed address instead of by registration, e.g. `{ '7701': '127.0.0.1:25080' }`. */
  routes?: Record<string, string>;
  recordRoute?: boolean;
  /** Longest registration granted, seconds. */
  maxExpires?: number;
  algorithm?: 'MD5' | 'SHA-256';
  certificate?: Certificate | null;
}

/** @param at where to listen: UDP, TCP and WS on `port`, TLS and WSS on `port + 1` */
export function kamailioConfig(options: KamailioOptions, at: { address: string; port: number }): string {
  const { certificate, recordRoute = true, maxExpires = 3600, algorithm = 'MD5' } = options;
  const entries = (table: string, values: Record<string, string>) =>
    Object.entries(values).map(([key, value]) => `  $sht(${table}=>${key}) = "${value}";`).join('\n');
  return `#!KAMAILIO
debug=2
log_stderror=yes
children=2
tcp_children=2
socket_workers=1
auto_aliases=no
# With the port: a phone's own address is this machine's too. 5060 stands for an address written without one.
${[5060, 5061, at.port, at.port + 1].map((port) => `alias="${at.address}:${port}"`).join('\n')}
alias="localhost"
alias="pbx.test"
listen=udp:${at.address}:${at.port}
listen=tcp:${at.address}:${at.port}
${certificate ? `enable_tls=yes\nlisten=tls:${at.address}:${at.port + 1}` : ''}
tcp_connection_lifetime=3605
tcp_accept_no_cl=yes
dns=no
rev_dns=no
mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/"
${['tm', 'sl', 'tmx', 'rr', 'pv', 'maxfwd', 'textops', 'siputils', 'sanity', 'xlog', 'auth', 'htable', 'usrloc', 'registrar', 'nathelper', 'xhttp', 'websocket', ...(certificate ? ['tls'] : [])]
  .map((name) => `loadmodule "${name}.so"`)
  .join('\n')}
${certificate ? `modparam("tls", "tls_method", "TLSv1.2+")\nmodparam("tls", "certificate", "${certificate.certificate}")\nmodparam("tls", "private_key", "${certificate.key}")` : ''}
modparam("auth", "algorithm", "${algorithm}")
modparam("auth", "nonce_expire", 30)
modparam("htable", "htable", "users=>size=4;")
modparam("htable", "htable", "routes=>size=4;")
modparam("usrloc", "db_mode", 0)
modparam("registrar|nathelper", "received_avp", "$avp(received)")
modparam("registrar", "max_expires", ${maxExpires})
modparam("registrar", "min_expires", 1)
modparam("tm", "fr_timer", 5000)
modparam("tm", "fr_inv_timer", 60000)
modparam("rr", "append_fromtag", 0)

event_route[htable:mod-init] {
${entries('users', options.users)}
${entries('routes', options.routes ?? {})}
}

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("OPTIONS") && uri==myself) { sl_send_reply("200", "OK"); exit; }
  force_rport();
  if (proto == WS || proto == WSS) { if (is_method("REGISTER")) fix_nated_register(); else if (is_method("INVITE|SUBSCRIBE|UPDATE")) add_contact_alias(); }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (has_totag()) {
    if (loose_route()) { handle_ruri_alias(); t_on_reply("NATREPLY"); t_relay(); exit; }
    if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
    # Without Record-Route a request inside a dialog should not come here at all; pass it on all the same.
    handle_ruri_alias();
    if (uri != myself) { t_relay(); exit; }
    sl_send_reply("404", "Not here"); exit;
  }
  t_check_trans();
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("$td", "$sht(users=>$au)", "0")) { www_challenge("$td", "1"); exit; }
    if ($au != $tU) { sl_send_reply("403", "Forbidden"); exit; }
    xlog("L_ALERT", "REGISTER $tU contact $ct expires $hdr(Expires) by $proto\\n");
    save("location");
    exit;
  }
  if ($sht(users=>$fU) != $null && $sht(routes=>$fU) == $null) {
    if (!pv_proxy_authenticate("$fd", "$sht(users=>$au)", "0")) { proxy_challenge("$fd", "1"); exit; }
    consume_credentials();
  }
${recordRoute ? '  if (is_method("INVITE|SUBSCRIBE")) record_route();' : ''}
  if ($sht(routes=>$rU) != $null) { $du = "sip:" + $sht(routes=>$rU); t_relay(); exit; }
  if (!lookup("location")) {
    if ($sht(users=>$rU) != $null) sl_send_reply("480", "Temporarily Unavailable"); else sl_send_reply("404", "Not Found");
    exit;
  }
  t_on_reply("NATREPLY");
  t_relay();
}

onreply_route[NATREPLY] {
  if (proto == WS || proto == WSS) add_contact_alias();
}

event_route[core:worker-one-init] {
  xlog("L_ALERT", "ready to serve\\n");
}

event_route[xhttp:request] {
  if ($hdr(Upgrade) =~ "websocket" && $hdr(Connection) =~ "Upgrade" && ws_handle_handshake()) exit;
  xhttp_reply("404", "Not Found", "", "");
}
`;
}
