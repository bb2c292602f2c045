package io.pagestream.analyzers.linux;

import static io.pagestream.analyzers.records.RecordSamples.binary;
import static io.pagestream.analyzers.records.RecordSamples.damaged;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.records.RecordSamples;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

final class LinuxAnalyzerTest extends AnalyzerContract {
  private static final byte[] LOGINS = RecordSamples.bytes("utmp.bin");
  private static final byte[] BOOT = Arrays.copyOf(LOGINS, 384);
  private static final byte[] NOTES = RecordSamples.bytes("notes.bin");
  private static final byte[] MESSAGE = RecordSamples.bytes("journal-regular.bin");
  private static final String BANNER =
      "Linux version 6.1.0-56-cloud-amd64 (debian-kernel@lists.debian.org) (gcc-12 12.2.0) #1 SMP"
          + " PREEMPT_DYNAMIC Debian 6.1.176-1 (2026-05-01)";
  private static final String INFO =
      """
      OSRELEASE=6.1.0-56-cloud-amd64
      BUILD-ID=3b43fad5034874490492495d552c0af6a5fab235
      PAGESIZE=4096
      SYMBOL(init_uts_ns)=ffffffffba41a600
      OFFSET(uts_namespace.name)=0
      SYMBOL(_stext)=ffffffffb9a00000
      SIZE(page)=64
      NUMBER(phys_base)=-893386752
      KERNELOFFSET=38a00000
      """;

  private static final String LOG =
      """
      [    0.000000] Command line: quiet
      <6>[  356.428017] usb 1-1: new device
      host kernel: [123456.000001] EXT4-fs mounted
      """;

  @Override
  protected String analyzer() {
    return "linux";
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        Sample.of("banner", text(BANNER + "\n"), banner(0)),
        Sample.of("VMCOREINFO", text(INFO), vmCoreInfo()),
        Sample.of(
            "kernel log",
            text(LOG),
            line(0, 34, "Command line: quiet", "0.000000", ""),
            line(38, 34, "usb 1-1: new device", "356.428017", "6"),
            line(86, 31, "EXT4-fs mounted", "123456.000001", "")),
        Sample.of(
            "shell history",
            text("ls\n#1700000000\nsudo cat /etc/shadow\n#1700000060\nhistory -c\n"),
            command(3, "sudo cat /etc/shadow", "2023-11-14T22:13:20Z"),
            command(36, "history -c", "2023-11-14T22:14:20Z")),
        Sample.of("notes", NOTES, notes()),
        Sample.of(
            "logins",
            LOGINS,
            login(0, "boot reboot ~", "boot", 0, "45:09.688666", "~", "reboot"),
            login(384, "run-level runlevel ~", "run-level", 50, "45:09.689293", "~", "runlevel"),
            remoteLogin()),
        Sample.of("login with a time of 64 bits", RecordSamples.bytes("utmp-64.bin"), wideLogin()),
        Sample.of(
            "journal",
            MESSAGE,
            field("MESSAGE", 130, "Accepted publickey for root from 192.0.2.7 port 50514 ssh2")),
        Sample.of(
            "compact journal",
            RecordSamples.bytes("journal-compact.bin"),
            field("_CMDLINE", 98, "/usr/sbin/sshd -D")),
        Sample.of("banner of a format", text("Linux version %s (%s@%s) (%s) %s\n")),
        Sample.of("another system's banner", text("GNU/Linux version 5.1 (a) (b) #1\n")),
        Sample.of(
            "os-release", text("OSRELEASE=12\nPAGESIZE=4096\nA=1\nB=2\nC=3\nD=4\nE=5\nF=6\n")),
        Sample.of("columns of a table", text("a [12345.123456] b\n[1 2 3.123456] abc\n")),
        Sample.of("numbers of issues", text("issue #1234567890\nx\n#1234567891\n#1234567892\n\n")),
        Sample.of("login without a time", damaged(BOOT, 343)),
        Sample.of("login with text behind its host", damaged(BOOT, 300)),
        Sample.of("note of another owner", damaged(Arrays.copyOf(NOTES, 36), 13)),
        Sample.of("journal object of another type", damaged(MESSAGE, 0)),
        Sample.of("journal object with an odd offset", damaged(MESSAGE, 40)));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Found banner(int address) {
    return new Found(
        "linux-banner",
        address,
        BANNER.length(),
        BANNER,
        Encoding.ASCII,
        Map.of("kernel-release", "6.1.0-56-cloud-amd64"));
  }

  private static Found vmCoreInfo() {
    return new Found(
        "vmcoreinfo",
        0,
        INFO.length(),
        "6.1.0-56-cloud-amd64",
        Encoding.ASCII,
        Map.of(
            "kernel-release", "6.1.0-56-cloud-amd64",
            "build-id", "3b43fad5034874490492495d552c0af6a5fab235",
            "page-size", "4096",
            "phys-base", "-893386752",
            "kernel-offset", "38a00000",
            "lines", "9"));
  }

  private static Found line(int address, int length, String text, String seconds, String level) {
    Map<String, String> attributes =
        level.isEmpty()
            ? Map.of("seconds-since-boot", seconds)
            : Map.of("seconds-since-boot", seconds, "level", level);
    return new Found("kernel-log-record", address, length, text, Encoding.ASCII, attributes);
  }

  private static Found command(int address, String text, String time) {
    return new Found(
        "bash-history", address, 12 + text.length(), text, Encoding.UTF_8, Map.of("time", time));
  }

  /** Their contents are those that write_records.py wrote. */
  private static Found[] notes() {
    return new Found[] {
      note(0, 36, "0102030405060708090a0b0c0d0e0f1011121314", "GNU", "build-id", Map.of()),
      note(36, 32, "Linux 3.2.0", "GNU", "abi-tag", Map.of("system", "Linux", "version", "3.2.0")),
      note(
          68,
          156,
          "bash",
          "CORE",
          "process",
          Map.of("process-id", "4711", "arguments", "bash -c 'sleep 60'")),
      note(224, 356, "thread 4712", "CORE", "thread", Map.of("thread-id", "4712")),
      note(580, 38, "abcdEFGH1234/ijkl-5678", "Go", "build-id", Map.of()),
      note(
          620,
          58,
          "{\"type\":\"deb\",\"os\":\"debian\",\"name\":\"bash\"}",
          "FDO",
          "package",
          Map.of())
    };
  }

  private static Found note(
      int address, int length, String value, String owner, String type, Map<String, String> more) {
    Map<String, String> attributes = new java.util.HashMap<>(more);
    attributes.put("owner", owner);
    attributes.put("type", type);
    return binary(address, "elf-note", length, value, attributes);
  }

  /** The values are those of utmpdump. */
  private static Found login(
      int address, String value, String type, int process, String time, String line, String user) {
    return binary(
        address,
        "utmp-record",
        384,
        value,
        Map.of(
            "type",
            type,
            "process-id",
            Integer.toString(process),
            "time",
            "2013-12-13T14:" + time + "Z",
            "line",
            line,
            "user",
            user,
            "host",
            "3.8.0-33-generic"));
  }

  private static Found remoteLogin() {
    return binary(
        768,
        "utmp-record",
        384,
        "user userA pts/32",
        Map.of(
            "type", "user",
            "process-id", "20060",
            "time", "2011-12-01T17:36:38.432935Z",
            "line", "pts/32",
            "user", "userA",
            "host", "10.10.122.1",
            "address", "10.10.122.1"));
  }

  private static Found wideLogin() {
    return binary(
        0,
        "utmp-record",
        400,
        "dead  tty2",
        Map.of(
            "type", "dead",
            "process-id", "18",
            "time", "2026-07-03T14:57:58.000000Z",
            "line", "tty2",
            "address", "4.3.2.1"));
  }

  private static Found field(String name, int length, String value) {
    return new Found(
        "journal-entry",
        0,
        length,
        name + "=" + value,
        Encoding.UTF_8,
        Map.of("field", name, "entries", "3", "entry-offset", "0x3d90"));
  }
}
