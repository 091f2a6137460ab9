package live.strait.protocol.dtls;

/// Who sends the ClientHello: `a=setup:active` is the client, `passive` the server (RFC 8842 section 4.1).
public enum DtlsRole {
    CLIENT,
    SERVER
}
