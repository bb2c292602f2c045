package io.pagestream.analyzers.privatekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.contract.SyntheticMemory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expected fingerprints are those of {@code openssl pkey -pubout -outform DER | sha256sum} and
 * {@code ssh-keygen -l}.
 */
final class PrivateKeysAnalyzerTest extends AnalyzerContract {
  private static final String RSA =
      "sha256:2ad22ed9a4e1f213752d40b46a06491e067799854a3cc240aa1eab85b878b74f";
  private static final String RSA_512 =
      "sha256:60f967a1f98ca3e3a2001591508443b9388f48b3144dbe6a38825e49afff9c31";
  private static final String P_256 =
      "sha256:2c284f5a031cf697e3b601512b6f69a71aa934fe0f54fcb1f0640d15af2e5af9";
  private static final String ED25519 =
      "sha256:666730cecfc181caf1f154f51c1795501df756e970b0ad05d63b62d3be3421e2";

  @Override
  protected String analyzer() {
    return "private-keys";
  }

  @Override
  protected List<Sample> samples() {
    byte[] rsa = KeyFiles.der("rsa-512");
    byte[] ec = KeyFiles.der("ec-p256");
    byte[] ed25519 = KeyFiles.der("ed25519");
    return List.of(
        Sample.of("PKCS #1", rsa, key("rsa-private-key", rsa, RSA_512, rsa(512))),
        Sample.of("SEC 1", ec, key("ec-private-key", ec, P_256, ec("P-256", 256, "sec1"))),
        Sample.of(
            "Ed25519",
            ed25519,
            key(
                "ed25519-private-key",
                ed25519,
                ED25519,
                Map.of("algorithm", "Ed25519", "form", "pkcs8"))),
        Sample.of("PEM", KeyFiles.pem("ec-p256"), pem("ec-p256", P_256, ec("P-256", 256, "sec1"))),
        Sample.of(
            "PEM, cut", Arrays.copyOf(KeyFiles.pem("rsa-pkcs1"), 300), cut("RSA PRIVATE KEY", 300)),
        Sample.of("labels alone", ascii(LABELS)),
        Sample.of(
            "WireGuard",
            ascii("[Interface]\nPrivateKey = " + WIREGUARD + "\n"),
            new Found(
                "wireguard-key",
                12,
                57,
                WIREGUARD,
                Encoding.ASCII,
                Map.of("role", "private", "public-key", WIREGUARD_PUBLIC))));
  }

  /** Each of 20,000 different keys in 1 MiB costs a scalar multiplication. */
  @Override
  protected Duration worstMebibyte() {
    return Duration.ofSeconds(20);
  }

  private static final String LABELS =
      "-----BEGIN RSA PRIVATE KEY-----\0-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"
          + "-----BEGIN EC PRIVATE KEY-----\nMIIEowIBAAKCAQEA...\n-----END EC PRIVATE KEY-----";
  private static final String WIREGUARD = "MKlFUESgsMvtpcBSdl1YLlOAuZZ8SIJgMmyUOIBN51g=";
  private static final String WIREGUARD_PUBLIC = "RiF7hcDTPM3GuhJvkxFO59beegLSSPv/+FlTITYjWCw=";
  private static final String PRESHARED = "Hf5YJu1cQ6ytKHl9hWzlUU69oVSWvMA5sOJ9H7+XbXg=";
  private static final Found ENCRYPTED =
      new Found(
          "pem-private-key",
          0,
          KeyFiles.pem("encrypted-pkcs8").length,
          "ENCRYPTED PRIVATE KEY",
          Encoding.ASCII,
          Map.of("label", "ENCRYPTED PRIVATE KEY", "encrypted", "true"));
  private static final Found OPENSSL_ENCRYPTED =
      new Found(
          "pem-private-key",
          0,
          KeyFiles.pem("rsa-encrypted").length,
          "RSA PRIVATE KEY",
          Encoding.ASCII,
          Map.of("label", "RSA PRIVATE KEY", "encrypted", "true", "cipher", "AES-128-CBC"));

  @Test
  void refusesNumbersThatDoNotBelongTogether() {
    for (int at : new int[] {40, 200, 300, 400, 500, 600}) {
      byte[] rsa = KeyFiles.der("rsa-pkcs1");
      rsa[at] ^= 1;
      assertThat(find(rsa)).isEmpty();
    }
    byte[] ec = KeyFiles.der("ec-p256");
    ec[20] ^= 1;
    assertThat(find(ec)).isEmpty();
    byte[] template = KeyFiles.der("ed25519");
    Arrays.fill(template, 20, template.length, (byte) 7);
    assertThat(find(template)).isEmpty();
  }

  @Test
  void findsEncryptedKeys() {
    assertThat(find(KeyFiles.pem("encrypted-pkcs8"))).containsExactly(ENCRYPTED);
    assertThat(find(KeyFiles.pem("rsa-encrypted"))).containsExactly(OPENSSL_ENCRYPTED);
  }

  @Test
  void findsPresharedKeysAndOnlyClampedPrivateKeys() {
    assertThat(find(ascii("PrivateKey = " + PRESHARED + "\n"))).isEmpty();
    assertThat(find(ascii("PresharedKey=" + PRESHARED + "\n")))
        .containsExactly(
            new Found(
                "wireguard-key", 0, 57, PRESHARED, Encoding.ASCII, Map.of("role", "preshared")));
  }

  @ParameterizedTest
  @CsvSource({
    "ec-p384, P-384, 384, 92c3eafb7194d56863def61eb7f7feaa605c3463e24f30eb531014936b70fec4",
    "ec-p521, P-521, 521, cecf8640e9788ee6b7f4755617e95d59412e166324abc8f6d7ba26deca92779d",
    "ec-secp256k1, secp256k1, 256, be5193f8fd9388f5df375078af7d0e7cdf52e9432afa5c0ee808d382638d3dca",
    "ec-brainpool384, brainpoolP384r1, 384,"
        + "dcea86ec3e1f06238376ce3f127c78a7fa8e88642cb296ef758832ee4058fd2b",
    "ec-p256-no-public, P-256, 256, 2c284f5a031cf697e3b601512b6f69a71aa934fe0f54fcb1f0640d15af2e5af9",
    "ec-p256-compressed, P-256, 256,"
        + "2c284f5a031cf697e3b601512b6f69a71aa934fe0f54fcb1f0640d15af2e5af9"
  })
  void findsCurves(String file, String curve, int bits, String sha256) {
    byte[] der = KeyFiles.der(file);
    assertThat(find(der))
        .containsExactly(key("ec-private-key", der, "sha256:" + sha256, ec(curve, bits, "sec1")));
  }

  @Test
  void reportsAKeyInPkcs8Once() {
    byte[] pkcs1 = KeyFiles.der("rsa-pkcs1");
    assertThat(find(pkcs1)).containsExactly(key("rsa-private-key", pkcs1, RSA, rsa(1024)));
    byte[] rsa = KeyFiles.der("rsa-pkcs8");
    Map<String, String> attributes = new TreeMap<>(rsa(1024));
    attributes.put("form", "pkcs8");
    assertThat(find(rsa)).containsExactly(key("rsa-private-key", rsa, RSA, attributes));
    byte[] ec = KeyFiles.der("ec-p256-pkcs8");
    assertThat(find(ec))
        .containsExactly(key("ec-private-key", ec, P_256, ec("P-256", 256, "pkcs8")));
  }

  @ParameterizedTest
  @CsvSource({
    "openssh-rsa, ssh-rsa, 1024, SHA256:ch9AtjYvmA9B5OYZfEqj37LaCpp2GvgI7DiggpQue4Q",
    "openssh-ecdsa, ecdsa-sha2-nistp384, 384, SHA256:FbXF+jtI5aPfgrQY+domXX/JPMd8bSHaWk5V3lOGKdg",
    "openssh-ed25519, ssh-ed25519, 256, SHA256:HKBMN6LM+YQZdtfEg/NBYxELMti1Ud3dZBT8+CU0Nfo",
    "openssh-encrypted, ssh-ed25519, 256, SHA256:NNoCRtJxAI3m/i3TL18gMJsG27QcbQUr3EP7ivRM4ME"
  })
  void findsOpensshKeys(String file, String type, String bits, String fingerprint) {
    boolean encrypted = file.endsWith("encrypted");
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("key-type", type);
    attributes.put("bits", bits);
    attributes.put("form", "openssh");
    attributes.put("encrypted", Boolean.toString(encrypted));
    if (encrypted) {
      attributes.put("cipher", "aes256-ctr");
      attributes.put("key-derivation", "bcrypt");
    } else {
      attributes.put("comment", "analyst@lab");
    }
    byte[] binary = KeyFiles.der(file);
    assertThat(find(binary))
        .filteredOn(found -> found.kind().equals("openssh-private-key"))
        .containsExactly(key("openssh-private-key", binary, fingerprint, attributes));
    assertThat(find(binary)).hasSize(file.endsWith("ed25519") ? 2 : 1);
    byte[] pem = KeyFiles.pem(file);
    assertThat(find(pem))
        .extracting(Found::kind, Found::value, Found::length)
        .containsExactly(
            tuple("pem-private-key", fingerprint, pem.length),
            tuple("openssh-private-key", fingerprint, pem.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\n", "\\r\\n", "\r\n", " "})
  void readsEveryEndOfLine(String end) {
    assertThat(find(ascii(KeyFiles.text("rsa-pkcs8").replace("\n", end))))
        .extracting(Found::value)
        .containsExactly(RSA);
  }

  @Test
  void reportsAKeyThatThePageEdgeCuts() {
    byte[] memory = new byte[3 * 4096];
    Arrays.fill(memory, (byte) 0xcc);
    byte[] pem = KeyFiles.pem("rsa-pkcs1");
    System.arraycopy(pem, 0, memory, 4096 - 400, 400);
    assertThat(find(memory)).containsExactly(cut("RSA PRIVATE KEY", 400).movedBy(4096 - 400));
  }

  @Test
  void refusesDsaWithoutItsStructure() {
    byte[] pem = KeyFiles.pem("dsa");
    assertThat(find(pem)).extracting(Found::value).containsExactly("DSA PRIVATE KEY");
    pem[33] = 'A';
    assertThat(find(pem)).isEmpty();
  }

  private Set<Found> find(byte[] bytes) {
    try (Analyzer analyzer = newAnalyzer()) {
      return new SyntheticMemory(bytes, 0).whole(analyzer);
    }
  }

  private static Found key(
      String kind, byte[] bytes, String value, Map<String, String> attributes) {
    return new Found(kind, 0, bytes.length, value, Encoding.BINARY, attributes);
  }

  private static Found pem(String file, String value, Map<String, String> attributes) {
    Map<String, String> all = new TreeMap<>(attributes);
    all.put("label", "EC PRIVATE KEY");
    return new Found("pem-private-key", 0, KeyFiles.pem(file).length, value, Encoding.ASCII, all);
  }

  private static Found cut(String label, int length) {
    return new Found(
        "pem-private-key", 0, length, label, Encoding.ASCII, Map.of("label", label, "cut", "true"));
  }

  private static Map<String, String> rsa(int bits) {
    return Map.of(
        "algorithm", "RSA",
        "bits", Integer.toString(bits),
        "public-exponent", "65537",
        "form", "pkcs1");
  }

  private static Map<String, String> ec(String curve, int bits, String form) {
    return Map.of("algorithm", "EC", "curve", curve, "bits", Integer.toString(bits), "form", form);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
