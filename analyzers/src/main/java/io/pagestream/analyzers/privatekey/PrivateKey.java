package io.pagestream.analyzers.privatekey;

import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.TreeMap;

/**
 * A private key. Its secret is in memory at the address of the finding; the value identifies the
 * key pair by its public key.
 *
 * @param kind kind of the finding
 * @param length bytes in memory
 * @param value fingerprint of the public key
 * @param confidence high if the key's numbers prove each other
 * @param attributes attributes of the finding
 */
record PrivateKey(
    String kind, int length, String value, Confidence confidence, Map<String, String> attributes) {
  static final String RSA = "rsa-private-key";
  static final String EC = "ec-private-key";
  static final String ED25519 = "ed25519-private-key";
  static final String OPENSSH = "openssh-private-key";

  /** Copies the map. */
  PrivateKey {
    attributes = Map.copyOf(attributes);
  }

  /** The same key in a structure that contains it. */
  PrivateKey in(String form, int bytes) {
    Map<String, String> more = new TreeMap<>(attributes);
    more.put("form", form);
    return new PrivateKey(kind, bytes, value, confidence, more);
  }
}
