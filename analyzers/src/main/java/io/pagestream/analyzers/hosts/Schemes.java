package io.pagestream.analyzers.hosts;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import org.jspecify.annotations.Nullable;

/**
 * The schemes that are reported. Strings are adjacent in memory, so the most common schemes are
 * accepted even after a letter or digit; the others require a boundary.
 */
public enum Schemes {
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
  REDISS("rediss", true),
  MONGODB("mongodb", true),
  MONGODB_SRV("mongodb+srv", true),
  MYSQL("mysql", true),
  MARIADB("mariadb", true),
  POSTGRESQL("postgresql", true),
  POSTGRES("postgres", true),
  AMQP("amqp", true),
  AMQPS("amqps", true),
  IMAP("imap", true),
  IMAPS("imaps", true),
  POP3("pop3", true),
  POP3S("pop3s", true),
  SMTP("smtp", true),
  SMTPS("smtps", true),
  MQTT("mqtt", true),
  TCP("tcp", true),
  UDP("udp", true),
  SOCKS5("socks5", true),
  STRATUM_TCP("stratum+tcp", true),
  STRATUM_SSL("stratum+ssl", true),
  GIT_SSH("git+ssh", true),
  SVN_SSH("svn+ssh", true),
  SQL_SERVER("sqlserver", true),
  MQTTS("mqtts", true),
  SOCKS4("socks4", true);

  private static final Schemes[] ALL = values();

  private final String word;
  private final boolean needsBoundary;

  Schemes(String word, boolean needsBoundary) {
    this.word = word;
    this.needsBoundary = needsBoundary;
  }

  public String word() {
    return word;
  }

  /** The scheme that ends before {@code colon}, or null. */
  public static @Nullable Schemes before(CharView text, int colon) {
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
