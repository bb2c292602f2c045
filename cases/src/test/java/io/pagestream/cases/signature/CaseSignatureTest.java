package io.pagestream.cases.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares keys and signatures with the openssl command, in both directions. */
final class CaseSignatureTest {
  private static final List<String> ED25519 = List.of("-algorithm", "ed25519");
  private static final List<List<String>> KINDS =
      List.of(
          ED25519,
          List.of("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
          List.of("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"),
          List.of("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"));

  @TempDir private Path folder;
  private Path manifest;
  private Path signature;

  @BeforeEach
  void writeManifest() throws IOException {
    manifest = Files.writeString(folder.resolve("manifest.json"), "{\"tool\": \"pagestream\"}\n");
    signature = folder.resolve("manifest.json.sig");
  }

  @Test
  void opensslVerifiesWhatWeSignAndWeVerifyWhatOpensslSigns() throws Exception {
    for (List<String> kind : KINDS) {
      Path key = key("key.pem", kind);
      Path pub = pub(key);
      VerifyingKey verifying = VerifyingKey.read(pub);

      Files.write(signature, SigningKey.read(key, CaseSignatureTest::none).sign(manifest));
      assertThat(run(verification(kind, pub))).as("%s", kind).isZero();
      assertThat(verifying.verifies(manifest, signature)).isTrue();

      Files.delete(signature);
      assertThat(run(signing(kind, key))).as("%s", kind).isZero();
      assertThat(verifying.verifies(manifest, signature)).as("%s", kind).isTrue();

      Path other = Files.writeString(folder.resolve("other.json"), "{}");
      assertThat(verifying.verifies(other, signature)).isFalse();
      VerifyingKey stranger = VerifyingKey.read(pub(key("stranger.pem", kind)));
      assertThat(stranger.verifies(manifest, signature)).as("%s", kind).isFalse();
    }
  }

  @Test
  void damagedSignaturesNeverVerify() throws Exception {
    for (List<String> kind : KINDS) {
      Path key = key("key.pem", kind);
      VerifyingKey verifying = VerifyingKey.read(pub(key));
      byte[] good = SigningKey.read(key, CaseSignatureTest::none).sign(manifest);
      for (int at = 0; at < good.length; at += 7) {
        byte[] bad = good.clone();
        bad[at] ^= 4;
        Files.write(signature, bad);
        assertThat(verifying.verifies(manifest, signature)).as("%s, byte %d", kind, at).isFalse();
      }
      Files.write(signature, new byte[0]);
      assertThat(verifying.verifies(manifest, signature)).isFalse();
    }
  }

  @Test
  void anEncryptedKeyNeedsItsPassphrase() throws Exception {
    Path plain = key("plain.pem", ED25519);
    Path key = folder.resolve("encrypted.pem");
    assertThat(
            run(
                List.of(
                    "openssl",
                    "pkcs8",
                    "-topk8",
                    "-in",
                    plain.toString(),
                    "-passout",
                    "pass:correct horse",
                    "-out",
                    key.toString())))
        .isZero();
    Files.write(signature, SigningKey.read(key, "correct horse"::toCharArray).sign(manifest));
    assertThat(VerifyingKey.read(pub(plain)).verifies(manifest, signature)).isTrue();
    assertThatThrownBy(() -> SigningKey.read(key, "wrong"::toCharArray))
        .hasMessageContaining("PS-120")
        .hasMessageContaining("passphrase");
  }

  @Test
  void keysThatCannotBeUsedAreNamedWithWhatToDo() throws Exception {
    refused(
        key("p521.pem", List.of("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521")),
        "P-384");
    refused(key("ed448.pem", List.of("-algorithm", "ed448")), "Ed25519");
    refused(
        key("x25519.pem", List.of("-algorithm", "x25519")),
        "no key that a case can be signed with");
    refused(
        key("short.pem", List.of("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024")), "2048");
    Path rsa = key("rsa.pem", List.of("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"));
    Path old = folder.resolve("old.pem");
    assertThat(
            run(
                List.of(
                    "openssl",
                    "rsa",
                    "-traditional",
                    "-in",
                    rsa.toString(),
                    "-out",
                    old.toString())))
        .isZero();
    refused(old, "openssl pkcs8 -topk8");
    refused(pub(rsa), "public key");
    refused(Files.writeString(folder.resolve("text"), "no key"), "no key in PEM");
    refused(Files.write(folder.resolve("big"), new byte[1 << 20]), "64 KiB");
    assertThatThrownBy(() -> SigningKey.read(folder.resolve("none"), CaseSignatureTest::none))
        .hasMessageContaining("PS-101");
    assertThatThrownBy(() -> VerifyingKey.read(rsa))
        .hasMessageContaining("PS-120")
        .hasMessageContaining("-pubout");
  }

  private static void refused(Path key, String why) {
    assertThatThrownBy(() -> SigningKey.read(key, CaseSignatureTest::none))
        .hasMessageContaining("PS-120")
        .hasMessageContaining(why);
  }

  @Test
  void aKeyThatOthersCanReadIsWarnedOf() throws Exception {
    Path key = key("key.pem", ED25519);
    assertThat(SigningKey.read(key, CaseSignatureTest::none).warning()).isEmpty();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(SigningKey.read(key, CaseSignatureTest::none).warning())
        .hasValueSatisfying(text -> assertThat(text).contains("chmod 600"));
  }

  private static char[] none() {
    throw new AssertionError("the key has no passphrase");
  }

  private Path key(String name, List<String> kind) throws Exception {
    Path file = folder.resolve(name);
    List<String> command = new ArrayList<>(List.of("openssl", "genpkey", "-out", file.toString()));
    command.addAll(kind);
    assertThat(run(command)).isZero();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private Path pub(Path key) throws Exception {
    Path file = key.resolveSibling(key.getFileName() + ".pub");
    assertThat(
            run(
                List.of(
                    "openssl", "pkey", "-in", key.toString(), "-pubout", "-out", file.toString())))
        .isZero();
    return file;
  }

  /** The command in docs/sealed-cases.md. */
  private List<String> verification(List<String> kind, Path pub) {
    return kind.equals(ED25519)
        ? List.of(
            "openssl",
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            pub.toString(),
            "-rawin",
            "-in",
            manifest.toString(),
            "-sigfile",
            signature.toString())
        : List.of(
            "openssl",
            "dgst",
            "-sha256",
            "-verify",
            pub.toString(),
            "-signature",
            signature.toString(),
            manifest.toString());
  }

  private List<String> signing(List<String> kind, Path key) {
    return kind.equals(ED25519)
        ? List.of(
            "openssl",
            "pkeyutl",
            "-sign",
            "-inkey",
            key.toString(),
            "-rawin",
            "-in",
            manifest.toString(),
            "-out",
            signature.toString())
        : List.of(
            "openssl",
            "dgst",
            "-sha256",
            "-sign",
            key.toString(),
            "-out",
            signature.toString(),
            manifest.toString());
  }

  private int run(List<String> command) throws Exception {
    Path log = folder.resolve("openssl.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s", command).isTrue();
    if (process.exitValue() != 0) {
      System.err.println(command + ": " + Files.readString(log, StandardCharsets.UTF_8));
    }
    return process.exitValue();
  }
}
