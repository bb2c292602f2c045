package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.system.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A case of a real image that is signed, and then changed by a user with access to the folder. */
final class SealedCaseIT {
  @TempDir static Path folder;
  private static Path sound;
  private static Path publicKey;
  private static String seal;

  @TempDir private Path copies;
  private Path caseFolder;

  @BeforeAll
  static void analyzeAndSign() throws Exception {
    Path key = key("examiner.pem");
    publicKey = publicKey(key);
    sound = folder.resolve("sound");
    Ended ended =
        Program.run(
            folder,
            "analyze",
            Repository.SAMPLE.toString(),
            "--quiet",
            "--sign",
            key.toString(),
            "--out",
            sound.toString());
    assertThat(ended.exitCode()).as(ended.all()).isZero();
    seal =
        ended.out().stream()
            .filter(line -> line.startsWith("seal: "))
            .map(line -> line.substring(6, 70))
            .findFirst()
            .orElseThrow(() -> new AssertionError(ended.all()));
    // Including the findings store, which exists after a query.
    Ended query = Program.run(folder, "query", sound.toString(), "SELECT count(*) FROM findings");
    assertThat(query.exitCode()).as(query.all()).isZero();
  }

  @BeforeEach
  void copyCase() throws IOException {
    caseFolder = Files.createDirectory(copies.resolve("case"));
    try (var files = Files.list(sound)) {
      for (Path file : files.toList()) {
        Files.copy(
            file, caseFolder.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private Ended run(String command, String... more) throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(command, caseFolder.toString()));
    arguments.addAll(List.of(more));
    return Program.run(copies, arguments.toArray(String[]::new));
  }

  @Test
  void everythingHoldsAndStandardToolsAgree() throws Exception {
    Ended verified = run("verify", "--expect", seal, "--key", publicKey.toString());
    assertThat(verified.exitCode()).as(verified.all()).isZero();
    assertThat(verified.out())
        .contains("the case is as it was sealed")
        .anyMatch(line -> line.contains("signature") && line.contains("Ed25519"))
        .anyMatch(line -> line.contains("every row of every table"));
    assertThat(tool("sha256sum", "-c", "manifest.json.sha256")).isZero();
    assertThat(tool("sha256sum", "manifest.json")).isZero();
    assertThat(
            tool(
                "openssl",
                "pkeyutl",
                "-verify",
                "-pubin",
                "-inkey",
                publicKey.toString(),
                "-rawin",
                "-in",
                "manifest.json",
                "-sigfile",
                "manifest.json.sig"))
        .isZero();
    JsonNode files = Repository.json(caseFolder.resolve("manifest.json")).get("files");
    assertThat(files).hasSizeGreaterThanOrEqualTo(3);
    for (JsonNode file : files) {
      assertThat(Files.size(caseFolder.resolve(file.get("name").textValue())))
          .isEqualTo(file.get("sizeBytes").longValue());
    }
  }

  @Test
  void aChangedFindingIsRefusedByEveryCommandAndFoundByVerify() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the changed byte: " + seed);
    Path findings = caseFolder.resolve("findings.jsonl");
    byte[] bytes = Files.readAllBytes(findings);
    int at = new Random(seed).nextInt(bytes.length);
    bytes[at] ^= 1;
    Files.write(findings, bytes);
    String picture = copies.resolve("map.png").toString();
    for (List<String> command :
        List.of(
            List.of("query", "SELECT 1"),
            List.of("export", "--format", "csv"),
            List.of("explain", "0x100000"),
            List.of("verdicts"),
            List.of("picture", "--out", picture),
            List.of("serve", "--port", "0"))) {
      String[] more = command.subList(1, command.size()).toArray(String[]::new);
      Ended refused = run(command.getFirst(), more);
      assertThat(refused.exitCode()).as(command + refused.all()).isEqualTo(2);
      assertThat(refused.err())
          .as("%s", command)
          .anyMatch(line -> line.contains("PS-220") && line.contains("findings.jsonl"))
          .anyMatch(line -> line.contains("pagestream verify"));
    }
    Ended verified = run("verify", "--json");
    assertThat(verified.exitCode()).as("seed %d: %s", seed, verified.all()).isEqualTo(1);
    JsonNode result = Repository.json(String.join("\n", verified.out()));
    assertThat(result.get("holds").booleanValue()).isFalse();
    assertThat(result.get("differences").findValuesAsText("file")).contains("findings.jsonl");

    Ended allowed = run("verdicts", "--allow-altered");
    assertThat(allowed.out().getFirst()).startsWith("WARNING: ALTERED SINCE IT WAS SEALED");
    assertThat(allowed.err()).anyMatch(line -> line.startsWith("WARNING: ALTERED"));
  }

  @Test
  void aReportOfAnAlteredCaseSaysSo() throws Exception {
    Files.writeString(caseFolder.resolve("summary.txt"), "nothing was found\n");
    Path report = copies.resolve("report.html");
    Ended exported =
        run("export", "--format", "html", "--allow-altered", "--out", report.toString());
    assertThat(exported.exitCode()).as(exported.all()).isZero();
    assertThat(report)
        .content()
        .contains(
            "<p class=\"altered\" role=\"alert\"><strong>ALTERED SINCE IT WAS SEALED: summary.txt");
  }

  @Test
  void aCaseThatWasSealedAgainIsBetrayedByTheNotedSealAndTheSignature() throws Exception {
    Path manifest = caseFolder.resolve("manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"version\"", "\"formerVersion\""));
    assertThat(shell("sha256sum manifest.json > manifest.json.sha256")).isZero();
    Ended unaware = run("verify", "--no-store");
    assertThat(unaware.exitCode()).as(unaware.all()).isZero();
    Ended expected = run("verify", "--no-store", "--expect", seal);
    assertThat(expected.exitCode()).as(expected.all()).isEqualTo(1);
    assertThat(expected.out()).anyMatch(line -> line.contains("expected is " + seal));
    Ended signed = run("verify", "--no-store", "--key", publicKey.toString());
    assertThat(signed.exitCode()).as(signed.all()).isEqualTo(1);

    Path stranger = key("stranger.pem");
    Ended again = run("sign", "--key", stranger.toString());
    assertThat(again.exitCode()).as("already signed").isEqualTo(2);
    again = run("sign", "--key", stranger.toString(), "--force");
    assertThat(again.exitCode()).as(again.all()).isZero();
    assertThat(run("verify", "--no-store", "--key", publicKey.toString()).exitCode()).isEqualTo(1);
    Ended byStranger = run("verify", "--no-store", "--key", publicKey(stranger).toString());
    assertThat(byStranger.exitCode()).as(byStranger.all()).isZero();
  }

  @Test
  void anAlteredCaseIsNeitherSignedNorSealedAgain() throws Exception {
    Path findings = caseFolder.resolve("findings.jsonl");
    FileTime time = Files.getLastModifiedTime(findings);
    byte[] bytes = Files.readAllBytes(findings);
    bytes[bytes.length / 2] ^= 1;
    Files.write(findings, bytes);
    Files.setLastModifiedTime(findings, time);
    byte[] manifest = Files.readAllBytes(caseFolder.resolve("manifest.json"));
    String key = folder.resolve("examiner.pem").toString();
    for (Ended refused : List.of(run("retry"), run("sign", "--force", "--key", key))) {
      assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
      assertThat(refused.err()).anyMatch(line -> line.contains("PS-220"));
    }
    assertThat(caseFolder.resolve("manifest.json")).hasBinaryContent(manifest);
  }

  @Test
  void verifyingLeavesNothingBehind() throws Exception {
    Path temporary = Files.createDirectory(copies.resolve("tmp"));
    List<String> before = names(caseFolder);
    Ended verified =
        Program.end(
            Program.start(
                copies, Map.of("TMPDIR", temporary.toString()), "verify", caseFolder.toString()));
    assertThat(verified.exitCode()).as(verified.all()).isZero();
    assertThat(names(temporary)).isEmpty();
    assertThat(names(caseFolder)).isEqualTo(before);
  }

  private static List<String> names(Path place) throws IOException {
    try (var files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aForgedStoreIsNotAnsweredFrom() throws Exception {
    Path store = caseFolder.resolve("findings.duckdb");
    FileTime time = Files.getLastModifiedTime(store);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + store);
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE finding_rows SET value = 'nobody@example.com'");
      statement.execute("CHECKPOINT");
    }
    Files.setLastModifiedTime(store, time);
    Ended verified = run("verify");
    assertThat(verified.exitCode()).as(verified.all()).isEqualTo(1);
    assertThat(verified.out()).anyMatch(line -> line.contains("findings.duckdb line 1: differs"));
    String question = "SELECT count(*) AS n FROM findings WHERE value = 'nobody@example.com'";
    Ended query = run("query", "--format", "jsonl", question);
    assertThat(query.exitCode()).as(query.all()).isZero();
    assertThat(query.out()).containsExactly("{\"n\":0}");
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path findings = caseFolder.resolve("findings.jsonl");
    Files.delete(findings);
    Files.createSymbolicLink(findings, Path.of("/etc/passwd"));
    for (String command : List.of("query", "export", "explain")) {
      String[] more =
          switch (command) {
            case "query" -> new String[] {"SELECT * FROM findings", "--allow-altered"};
            case "export" -> new String[] {"--format", "jsonl", "--allow-altered"};
            default -> new String[] {"0x100000", "--allow-altered"};
          };
      Ended refused = run(command, more);
      assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
      assertThat(refused.all()).contains("symbolic link").doesNotContain("root:");
    }
    assertThat(run("verify").out()).anyMatch(line -> line.contains("is a symbolic link"));
  }

  private static Path key(String name) throws Exception {
    Path key = folder.resolve(name);
    command(folder, "openssl", "genpkey", "-algorithm", "ed25519", "-out", key.toString());
    return key;
  }

  private static Path publicKey(Path key) throws Exception {
    Path file = key.resolveSibling(key.getFileName() + ".pub");
    command(folder, "openssl", "pkey", "-in", key.toString(), "-pubout", "-out", file.toString());
    return file;
  }

  private int tool(String... command) throws Exception {
    return command(caseFolder, command);
  }

  private int shell(String line) throws Exception {
    return command(caseFolder, "sh", "-c", line);
  }

  private static int command(Path directory, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s", List.of(command)).isTrue();
    return process.exitValue();
  }
}
