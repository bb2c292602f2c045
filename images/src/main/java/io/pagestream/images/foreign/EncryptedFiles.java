package io.pagestream.images.foreign;

import static io.pagestream.images.foreign.ForeignFormat.memory;
import static io.pagestream.images.foreign.Signature.anyOf;
import static io.pagestream.images.foreign.Signature.at;
import static io.pagestream.images.foreign.Signature.begins;

import java.util.List;
import java.util.Set;

/** Encrypted files and volumes. */
final class EncryptedFiles {
  private static final String DECRYPT = "decrypt it first";

  /** PKCS #7, 1.2.840.113549.1.7 in DER. */
  private static final String CMS = "\u0006\t*\u0086H\u0086\u00f7\r\u0001\u0007";

  /** Public-key algorithms that encrypt: RSA, ElGamal, ECDH, X25519, X448 (RFC 9580, 9.1). */
  private static final Set<Integer> PUBLIC_KEY = Set.of(1, 2, 16, 18, 25, 26);

  /** Sources: openssl-enc(1), RFC 9580, age-encryption.org/v1, cryptsetup, aescrypt.com. */
  static final List<ForeignFormat> TABLE =
      List.of(
          memory(
              "a file encrypted with 'openssl enc'",
              "decrypt it with 'openssl enc -d'",
              anyOf("Salted__", "U2FsdGVkX1")),
          memory(
              "a file encrypted with age",
              "decrypt it with 'age -d'",
              anyOf("age-encryption.org/", "-----BEGIN AGE ENCRYPTED FILE-----")),
          memory(
              "a file encrypted with PGP or GnuPG",
              "decrypt it with 'gpg -d'",
              begins("-----BEGIN PGP MESSAGE-----").or(EncryptedFiles::isPgp)),
          memory(
              "a LUKS volume (encrypted disk)",
              DECRYPT,
              anyOf("LUKS\u00ba\u00be", "SKUL\u00ba\u00be")),
          memory(
              "a BitLocker volume (encrypted disk)",
              DECRYPT,
              at(3, "-FVE-FS-")
                  .or(at(3, "MSWIN4.1").and(at(424, ";\u00d6gI).\u00d8J\u0083\u0099")))),
          memory(
              "an encrypted macOS disk image", DECRYPT, anyOf("encrcdsa\0\0\0", "cdsaencr\0\0\0")),
          memory("a file encrypted with AES Crypt", DECRYPT, EncryptedFiles::isAesCrypt),
          memory(
              "a file encrypted with AxCrypt",
              DECRYPT,
              begins("\u00c0\u00b9\u0007.O\u0093\u00f1F\u00a0\u0015y,\u00a1\u00d9\u00e8!")),
          memory(
              "a file encrypted with scrypt", "decrypt it with 'scrypt dec'", begins("scrypt\0")),
          memory("a file encrypted with Ansible Vault", DECRYPT, begins("$ANSIBLE_VAULT;")),
          memory("an encrypted CMS message (S/MIME)", DECRYPT, EncryptedFiles::isCms));

  private EncryptedFiles() {}

  /** A session key packet: of tag 1 (public key) or 3 (password), in the old or new format. */
  private static boolean isPgp(Peek file) {
    return switch (file.u8(0)) {
      case 0x84 -> publicKey(file, 2, file.u8(1));
      case 0x85 -> publicKey(file, 3, (file.u8(1) << 8) | file.u8(2));
      case 0x8c -> password(file, 2, file.u8(1));
      case 0xc1 ->
          file.u8(1) < 192
              ? publicKey(file, 2, file.u8(1))
              : publicKey(file, 3, ((file.u8(1) - 192) << 8) + file.u8(2) + 192);
      case 0xc3 -> password(file, 2, file.u8(1));
      default -> false;
    };
  }

  private static boolean publicKey(Peek file, int at, int length) {
    return length >= 40
        && length <= 2100
        && file.u8(at) == 3
        && PUBLIC_KEY.contains(file.u8(at + 9))
        && isNextPacket(file, at + length);
  }

  private static boolean password(Peek file, int at, int length) {
    int cipher = file.u8(at + 1);
    int stretching = file.u8(at + 2);
    int hash = file.u8(at + 3);
    return length >= 4
        && length <= 100
        && file.u8(at) == 4
        && cipher >= 1
        && cipher <= 13
        && (stretching == 1 || stretching == 3)
        && hash >= 1
        && hash <= 14
        && isNextPacket(file, at + length);
  }

  /** Another session key, or the encrypted data (tags 1, 3, 9, 18, 20). */
  private static boolean isNextPacket(Peek file, int at) {
    int first = file.u8(at);
    int tag = (first & 0x40) == 0 ? (first >> 2) & 0xf : first & 0x3f;
    return (first & 0x80) != 0 && Set.of(1, 3, 9, 18, 20).contains(tag);
  }

  /** "AES", a version of 0 to 3, a reserved zero; from version 1 on a length with extensions. */
  private static boolean isAesCrypt(Peek file) {
    int version = file.u8(3);
    boolean text = file.has(7, "CREATED_BY") || file.has(7, "CREATED-BY");
    return file.has(0, "AES") && version >= 1 && version <= 3 && file.u8(4) == 0 && text;
  }

  /** A DER sequence whose first member identifies PKCS #7. */
  private static boolean isCms(Peek file) {
    int length = file.u8(1);
    int at = 2 + (length > 0x80 && length <= 0x84 ? length & 0xf : 0);
    return file.u8(0) == 0x30 && file.has(at, CMS);
  }
}
