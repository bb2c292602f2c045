package io.pagestream.analyzers.text;

import org.jspecify.annotations.Nullable;

/**
 * The schemes that are reported. Strings are adjacent in memory, so the most common schemes are
 * accepted even after a letter or digit; the others require a boundary.
 */
enum Schemes {
  HTTPS("https", false),
  HTTP("http", false),
  FTP("ftp", true),
  FTPS("ftps", true),
  SFTP("sftp", true),
  SSH("ssh", true),
  SMB("smb", true),
  CIFS("cifs", true),
  AFP("afp", true),
  NFS("nfs", true),
  FILE("file", true),
  WS("ws", true),
  WSS("wss", true),
  LDAP("ldap", true),
  LDAPS("ldaps", true),
  RTSP("rtsp", true),
  RTMP("rtmp", true),
  TELNET("telnet", true),
  TFTP("tftp", true),
  IRC("irc", true),
  IRCS("ircs", true),
  GIT("git", true),
  SVN("svn", true),
  RSYNC("rsync", true),
  RDP("rdp", true),
  VNC("vnc", true),
  REDIS("redis", true),
  MONGODB("mongodb", true),
  MYSQL("mysql", true),
  POSTGRESQL("postgresql", true),
  AMQP("amqp", true),
  MQTT("mqtt", true),
  TCP("tcp", true),
  UDP("udp", true),
  SOCKS5("socks5", true),
  STRATUM_TCP("stratum+tcp", true),
  STRATUM_SSL("stratum+ssl", true);

  private static final Schemes[] ALL = values();

  private final String word;
  private final boolean needsBoundary;

  Schemes(String word, boolean needsBoundary) {
    this.word = word;
    this.needsBoundary = needsBoundary;
  }

  String word() {
    return word;
  }

  /** The scheme that ends before {@code colon}, or null. */
  static @Nullable Schemes before(CharView text, int colon) {
    for (Schemes scheme : ALL) {
      if (text.endsWith(colon, scheme.word)
          && !(scheme.needsBoundary && isPartOfWord(text, colon - scheme.word.length() - 1))) {
        return scheme;
      }
    }
    return null;
  }

  private static boolean isPartOfWord(CharView text, int index) {
    return text.is(index, Chars.ALNUM | Chars.HYPHEN | Chars.DOT) || text.at(index) == '+';
  }
}
