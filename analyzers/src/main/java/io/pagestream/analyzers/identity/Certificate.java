package io.pagestream.analyzers.identity;

import io.pagestream.analyzers.asn1.DerElement;
import io.pagestream.analyzers.publickey.EcCurve;
import io.pagestream.analyzers.publickey.Ed25519;
import io.pagestream.analyzers.publickey.Fingerprint;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * X.509 certificates of version 3 in DER (RFC 5280, section 4.1). Every element down to the fields
 * of {@code TBSCertificate} must be complete and in its place, both signature algorithms must be
 * the same, and names and times must be valid. The signature is not verified.
 *
 * @param length bytes of the certificate
 * @param subject its subject (RFC 2253); empty if it has none
 * @param sha256 SHA-256 in hex
 * @param attributes attributes of the finding
 */
record Certificate(int length, String subject, String sha256, Map<String, String> attributes) {
  /** Maximum bytes of a certificate that are examined. */
  static final int MAX_BYTES = 16 * 1024;

  private static final int VERSION = 0xa0;
  private static final int ISSUER_ID = 0x81;
  private static final int SUBJECT_ID = 0x82;
  private static final int EXTENSIONS = 0xa3;
  private static final int MAX_SERIAL_BYTES = 20;
  private static final int MAX_NAME_BYTES = 4096;
  private static final byte[] RSA_ENCRYPTION = {
    0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01
  };
  private static final byte[] EC_PUBLIC_KEY = {
    0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  /** Names of attribute types that RFC 2253 does not have, as OpenSSL writes them. */
  private static final Map<String, String> NAMES =
      Map.of(
          "1.2.840.113549.1.9.1", "emailAddress",
          "2.5.4.5", "serialNumber",
          "2.5.4.4", "SN",
          "2.5.4.42", "GN",
          "2.5.4.12", "title",
          "2.5.4.15", "businessCategory",
          "2.5.4.17", "postalCode",
          "2.5.4.97", "organizationIdentifier",
          "1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC",
          "1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST");

  /** Copies the map. */
  Certificate {
    attributes = Map.copyOf(attributes);
  }

  /** The certificate in a SEQUENCE, or null if it is not one. */
  static @Nullable Certificate of(DerElement certificate) {
    DerElement signed = certificate.first(DerElement.SEQUENCE);
    DerElement algorithm = signed == null ? null : signed.next(certificate, DerElement.SEQUENCE);
    DerElement signature =
        algorithm == null ? null : algorithm.next(certificate, DerElement.BIT_STRING);
    if (signed == null
        || algorithm == null
        || signature == null
        || !signature.isLastOf(certificate)
        || signature.length() < 2
        || signature.u8(0) != 0) {
      return null;
    }
    Fields fields = Fields.of(signed);
    if (fields == null || !Arrays.equals(fields.algorithm.encoded(), algorithm.encoded())) {
      return null;
    }
    return describe(certificate, fields);
  }

  private static @Nullable Certificate describe(DerElement certificate, Fields fields) {
    DerElement notBefore = fields.validity.first();
    DerElement notAfter = notBefore == null ? null : notBefore.next(fields.validity);
    String from = notBefore == null ? null : DerTime.text(notBefore);
    String to = notAfter == null ? null : DerTime.text(notAfter);
    String issuer = name(fields.issuer);
    String subject = name(fields.subject);
    String key = key(fields.publicKey);
    if (from == null || to == null || issuer == null || subject == null || key == null) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("issuer", issuer);
    attributes.put("serial", new BigInteger(fields.serial.contents()).toString(16));
    attributes.put("not-before", from);
    attributes.put("not-after", to);
    attributes.put("public-key", key);
    attributes.put("public-key-sha256", Fingerprint.sha256(fields.publicKey.encoded()));
    String sha256 = Fingerprint.sha256(certificate.encoded());
    attributes.put("sha256", sha256);
    return new Certificate(certificate.size(), subject, sha256, attributes);
  }

  /** A name in the form of RFC 2253; null if it is invalid. */
  private static @Nullable String name(DerElement name) {
    if (name.length() > MAX_NAME_BYTES) {
      return null;
    }
    try {
      return new X500Principal(name.encoded()).getName(X500Principal.RFC2253, NAMES);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The algorithm and size of a SubjectPublicKeyInfo; null if it is invalid. */
  private static @Nullable String key(DerElement publicKey) {
    DerElement algorithm = publicKey.first(DerElement.SEQUENCE);
    DerElement oid = algorithm == null ? null : algorithm.first(DerElement.OBJECT_IDENTIFIER);
    DerElement bits = algorithm == null ? null : algorithm.next(publicKey, DerElement.BIT_STRING);
    if (algorithm == null
        || oid == null
        || bits == null
        || !bits.isLastOf(publicKey)
        || bits.length() < 2) {
      return null;
    }
    if (oid.holds(RSA_ENCRYPTION)) {
      DerElement numbers =
          DerElement.at(bits.memory(), bits.content() + 1, bits.end(), DerElement.SEQUENCE);
      DerElement modulus = numbers == null ? null : numbers.first(DerElement.INTEGER);
      return modulus == null || !modulus.isPositive(bits.length())
          ? null
          : "RSA " + modulus.number().bitLength();
    }
    if (oid.holds(EC_PUBLIC_KEY)) {
      DerElement name = oid.next(algorithm, DerElement.OBJECT_IDENTIFIER);
      EcCurve curve = name == null ? null : EcCurve.of(name.contents());
      return curve == null ? "EC" : "EC " + curve.word();
    }
    return oid.holds(Ed25519.oid()) ? "Ed25519" : "other";
  }

  /** The fields of {@code TBSCertificate}. */
  private record Fields(
      DerElement serial,
      DerElement algorithm,
      DerElement issuer,
      DerElement validity,
      DerElement subject,
      DerElement publicKey) {
    static @Nullable Fields of(DerElement signed) {
      DerElement version = signed.first(VERSION);
      DerElement number = version == null ? null : version.first();
      DerElement serial = version == null ? null : version.next(signed, DerElement.INTEGER);
      if (version == null
          || number == null
          || serial == null
          || !number.isInteger(2)
          || !number.isLastOf(version)
          || serial.length() == 0
          || serial.length() > MAX_SERIAL_BYTES + 1) {
        return null;
      }
      DerElement[] sequences = new DerElement[5];
      DerElement last = serial;
      for (int i = 0; i < sequences.length; i++) {
        last = last.next(signed, DerElement.SEQUENCE);
        if (last == null) {
          return null;
        }
        sequences[i] = last;
      }
      for (int tag : new int[] {ISSUER_ID, SUBJECT_ID, EXTENSIONS}) {
        DerElement optional = last.next(signed, tag);
        last = optional == null ? last : optional;
      }
      return last.isLastOf(signed)
          ? new Fields(serial, sequences[0], sequences[1], sequences[2], sequences[3], sequences[4])
          : null;
    }
  }
}
