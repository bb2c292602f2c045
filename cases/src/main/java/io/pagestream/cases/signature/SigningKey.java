package io.pagestream.cases.signature;

import io.pagestream.cases.seal.ManifestSigner;
import io.pagestream.cases.seal.NoFollow;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A user's private key, PKCS#8 in PEM: Ed25519, ECDSA with P-256 or P-384, RSA from 2048 bits. */
public final class SigningKey implements ManifestSigner {
  private static final String CONVERT =
      "convert it: openssl pkcs8 -topk8 -in KEY -out KEY.pem (-nocrypt for no passphrase)";
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final SignatureAlgorithm algorithm;
  private final PrivateKey key;

  private SigningKey(Path file, SignatureAlgorithm algorithm, PrivateKey key) {
    this.file = file;
    this.algorithm = algorithm;
    this.key = key;
  }

  /**
   * Reads a key.
   *
   * @param passphrase supplies the passphrase if the key is encrypted; the array is overwritten
   *     after use
   * @throws PagestreamException {@link ErrorCode#KEY_UNUSABLE} if it is not a key of these kinds,
   *     or the passphrase is wrong
   */
  public static SigningKey read(Path file, Supplier<char[]> passphrase) {
    PemFile pem = PemFile.read(file);
    byte[] pkcs8 =
        switch (pem.label()) {
          case "PRIVATE KEY" -> pem.der();
          case "ENCRYPTED PRIVATE KEY" -> decrypt(pem, passphrase);
          case "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY" ->
              throw PemFile.unusable(file, "is not in PKCS#8 but " + pem.label(), CONVERT);
          case "PUBLIC KEY", "CERTIFICATE" ->
              throw PemFile.unusable(
                  file, "is a public key, which cannot sign", "give the private key");
          default ->
              throw PemFile.unusable(file, "holds no private key but " + pem.label(), CONVERT);
        };
    return parse(file, pkcs8);
  }

  private static SigningKey parse(Path file, byte[] pkcs8) {
    SupportedKey<PrivateKey> supported =
        SupportedKey.of(
            file,
            factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
            "use one of the kinds of key listed in docs/sealed-cases.md",
            "use Ed25519 (openssl genpkey -algorithm ed25519), ECDSA P-256 or P-384, or RSA");
    return new SigningKey(file, supported.algorithm(), supported.key());
  }

  /** PKCS#8 with PBES2, as openssl writes it: PBKDF2 and AES. The JDK has no scrypt. */
  private static byte[] decrypt(PemFile pem, Supplier<char[]> passphrase) {
    char[] secret = passphrase.get();
    try {
      EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(pem.der());
      AlgorithmParameters parameters = encrypted.getAlgParameters();
      // For PBES2, the full name is that of the parameters (JDK-8076999).
      String name =
          parameters == null || !encrypted.getAlgName().equals("PBES2")
              ? encrypted.getAlgName()
              : parameters.toString();
      PBEKeySpec password = new PBEKeySpec(secret);
      try {
        Cipher cipher = Cipher.getInstance(name);
        cipher.init(
            Cipher.DECRYPT_MODE,
            SecretKeyFactory.getInstance(name).generateSecret(password),
            parameters);
        return cipher.doFinal(encrypted.getEncryptedData());
      } finally {
        password.clearPassword();
      }
    } catch (IOException e) {
      throw PemFile.unusable(pem.file(), "is encrypted in an unknown way", CONVERT).causedBy(e);
    } catch (NoSuchAlgorithmException e) {
      throw PemFile.unusable(
              pem.file(),
              "is encrypted with what Java does not have",
              "encrypt it with AES: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out KEY.pem")
          .causedBy(e);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw PemFile.unusable(
              pem.file(), "cannot be decrypted: is the passphrase right?", "try again")
          .causedBy(e);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  /** A warning if users other than the owner may read the key; empty if not. */
  public Optional<String> warning() {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        if (mode.contains(PosixFilePermission.GROUP_READ)
            || mode.contains(PosixFilePermission.OTHERS_READ)) {
          return Optional.of(
              "the key " + file + " can be read by others than its owner: chmod 600 it");
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the permissions of the key " + file + " are unknown: " + e.getMessage());
    }
  }

  @Override
  public byte[] sign(Path manifest) {
    try (InputStream in = NoFollow.stream(manifest)) {
      Signature signature = Signature.getInstance(algorithm.signature());
      signature.initSign(key);
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        signature.update(buffer, 0, read);
      }
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw PemFile.unusable(file, "cannot sign: " + e.getMessage(), "use another key").causedBy(e);
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.READ_FAILED, manifest.toString(), e.toString(), "check the disk")
          .causedBy(e);
    }
  }
}
