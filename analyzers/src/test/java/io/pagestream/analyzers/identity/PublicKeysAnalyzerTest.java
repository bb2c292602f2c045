package io.pagestream.analyzers.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.contract.SyntheticMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Certificates, keys and expected values are those of OpenSSL 3.0, OpenSSH 9.2 and GnuPG 2.2, made
 * for these tests only.
 */
final class PublicKeysAnalyzerTest extends AnalyzerContract {
  private static final String PGP_CREATED = "2026-11-27T17:28:34Z";

  @Override
  protected String analyzer() {
    return "public-keys";
  }

  @Override
  protected List<Sample> samples() {
    byte[] der = binary("ec.pem");
    byte[] wrong = der.clone();
    wrong[12] = 3;
    byte[] pgp = binary("pgp-ed25519.asc");
    byte[] line = sshLines().get(3).getBytes(StandardCharsets.US_ASCII);
    return List.of(
        Sample.of("certificate", der, certificate("der", der.length, Encoding.BINARY)),
        Sample.of("certificate with another version", wrong),
        Sample.of(
            "certificate in PEM",
            text("ec.pem").getBytes(StandardCharsets.US_ASCII),
            certificate("pem", text("ec.pem").length(), Encoding.ASCII)),
        Sample.of("SSH", line, ssh(line.length)),
        Sample.of("OpenPGP", pgp, pgp(PGP_BYTES, Encoding.BINARY)),
        Sample.of("SSH's type alone", ascii("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDNPFsC")));
  }

  /** The key packet and the user id packet, whose headers have two bytes. */
  private static final int PGP_BYTES = 2 + 51 + 2 + 37;

  private static Found certificate(String form, int length, Encoding encoding) {
    String name = "emailAddress=a@lab.example,CN=lab.example,O=Pagestream,C=CH";
    return new Found(
        "x509-certificate",
        0,
        length,
        name,
        encoding,
        Map.of(
            "form",
            form,
            "issuer",
            name,
            "serial",
            "245bcab00dd273237dbf7584d1968e4d511433b6",
            "not-before",
            "2026-11-27T17:28:32Z",
            "not-after",
            "2036-11-24T17:28:32Z",
            "public-key",
            "EC P-256",
            "public-key-sha256",
            "69043ff4e35bfac6d73652e6a276b011f5f8ef9bad0d7c119ff06b848f75198e",
            "sha256",
            "6ba00da03669f4a9b3b2f341131fbfc617c3c572c951f21af575f6b5df29171e"));
  }

  private static Found ssh(int length) {
    return new Found(
        "ssh-public-key",
        0,
        length,
        "SHA256:W7uQxi1baj5rfIQE/HzuE6nl4+n6Oc88hxrK/oAI9bQ",
        Encoding.ASCII,
        Map.of("key-type", "ssh-ed25519", "bits", "256", "comment", "analyst@lab"));
  }

  private static Found pgp(int length, Encoding encoding) {
    return new Found(
        "pgp-key",
        0,
        length,
        "2561793EA021F697D8CB9A1CA5AEC740851E961F",
        encoding,
        Map.of(
            "algorithm", "Ed25519",
            "bits", "256",
            "created", PGP_CREATED,
            "secret", "false",
            "user-id", "Analyst ed25519 <ed25519@lab.example>"));
  }

  @Test
  void describesOtherCertificates() {
    Found rsa = only(find(ascii(text("rsa.pem"))));
    assertThat(rsa.value()).isEqualTo("CN=Prüfung");
    assertThat(rsa.attributes())
        .containsEntry("public-key", "RSA 1024")
        .containsEntry("not-after", "2109-01-16T17:28:32Z");
    Found withoutSubject = only(find(binary("ed25519.pem")));
    assertThat(withoutSubject.value())
        .isEqualTo("sha256:09d924febda250b25273c694011f9f67977b78a63010553" + "7c9834fc3f3416613");
    assertThat(withoutSubject.attributes())
        .containsEntry("public-key", "Ed25519")
        .containsEntry(
            "public-key-sha256",
            "74510143836c024451575a26d8ae0dbc123ff89304ec9bf30e87d193efa87caa");
  }

  @Test
  void refusesCertificatesWithOneWrongLength() {
    for (int offset : new int[] {3, 7, 12, 14, 36, 37, 46}) {
      byte[] der = binary("ec.pem");
      der[offset]++;
      assertThat(find(der)).as("offset %d", offset).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, ssh-rsa, 1024, SHA256:BLDG/fLGcUwWryDUY1SWFxBa5SEUEqj8Lefbo3p26B8",
    "1, ssh-dss, 1024, SHA256:X4u0qdiMmIEJgKQWbR3bAOxM4iELHjvbmGIyb9rJpkc",
    "2, ecdsa-sha2-nistp256, 256, SHA256:wVD8iA69faDqax0aiPHhU1k0QK+7JtA5GzbW4CdgLzc",
    "3, ssh-ed25519, 256, SHA256:W7uQxi1baj5rfIQE/HzuE6nl4+n6Oc88hxrK/oAI9bQ"
  })
  void findsSshKeys(int index, String type, String bits, String fingerprint) {
    String line = sshLines().get(index);
    Found found = only(find(ascii("from=\"*\" " + line + "\n")));
    assertThat(found.address()).isEqualTo(9);
    assertThat(found.length()).isEqualTo(line.length());
    assertThat(found.value()).isEqualTo(fingerprint);
    assertThat(found.attributes())
        .containsEntry("key-type", type)
        .containsEntry("bits", bits)
        .containsEntry("comment", "analyst@lab");
    assertThat(find(ascii(line.replace("AAAA", "AAAB")))).isEmpty();
    assertThat(find(ascii(line.replaceFirst("[-0-9a-z]+ ", "ssh-x ")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, Ed25519, 256, 2561793EA021F697D8CB9A1CA5AEC740851E961F",
    "rsa1024, RSA, 1024, 4097E395573CA0136E734813A8B51FEBF341FC76",
    "nistp256, ECDSA, 256, 2D0FE4F0281DAE6CA0E08622FFBA0F2B36384BDA",
    "dsa1024, DSA, 1024, CDDFBD168C738939B89F14CEB5A9214389F622D6"
  })
  void findsPgpKeysInArmor(String name, String algorithm, String bits, String fingerprint) {
    String armor = text("pgp-" + name + ".asc");
    Found found = only(find(ascii(armor)));
    assertThat(found.value()).isEqualTo(fingerprint);
    assertThat(found.length()).isEqualTo(armor.length());
    assertThat(found.attributes())
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "algorithm", algorithm,
                    "bits", bits,
                    "created", PGP_CREATED,
                    "secret", "false",
                    "user-id", "Analyst " + name + " <" + name + "@lab.example>")));
    char[] damaged = armor.toCharArray();
    damaged[armor.length() - 80] = damaged[armor.length() - 80] == 'A' ? 'B' : 'A';
    assertThat(find(ascii(new String(damaged)))).isEmpty();
    Found cut = only(find(Arrays.copyOf(ascii(armor), armor.length() - 60)));
    assertThat(cut.attributes()).containsEntry("cut", "true");
  }

  @Test
  void findsBinaryPgpKeys() {
    assertThat(only(find(binary("pgp-rsa1024.asc"))).value())
        .isEqualTo("4097E395573CA0136E734813A8B51FEBF341FC76");
    Found secret = only(find(binary("pgp-secret.asc")));
    assertThat(secret.value()).isEqualTo("2561793EA021F697D8CB9A1CA5AEC740851E961F");
    assertThat(secret.attributes()).containsEntry("secret", "true");
    assertThat(only(find(ascii(text("pgp-secret.asc")))).attributes())
        .containsEntry("secret", "true");
  }

  private static Found only(Set<Found> found) {
    assertThat(found).hasSize(1);
    return found.iterator().next();
  }

  private Set<Found> find(byte[] bytes) {
    try (Analyzer analyzer = newAnalyzer()) {
      return new SyntheticMemory(bytes, 0).whole(analyzer);
    }
  }

  private static List<String> sshLines() {
    return text("ssh.pub").lines().toList();
  }

  private static byte[] binary(String name) {
    String body = text(name).replaceAll("-----[A-Z ]+-----", "").replaceAll("\n=.{4}\n", "");
    return Base64.getMimeDecoder().decode(body);
  }

  private static String text(String name) {
    try (InputStream in = PublicKeysAnalyzerTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
