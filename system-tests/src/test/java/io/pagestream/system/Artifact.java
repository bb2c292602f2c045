package io.pagestream.system;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The properties that identify an artifact independent of the image file: a finding without the
 * image's id and name.
 *
 * @param physicalAddress of its first byte
 * @param length bytes
 */
record Artifact(
    long physicalAddress, String kind, String value, String path, int length, String encoding)
    implements Comparable<Artifact> {
  /** Of a line of {@code findings.jsonl}. */
  static Artifact of(JsonNode finding) {
    return new Artifact(
        finding.get("physicalAddress").longValue(),
        finding.get("kind").textValue(),
        finding.get("value").textValue(),
        finding.get("path").textValue(),
        finding.get("length").intValue(),
        finding.get("encoding").textValue());
  }

  @Override
  public int compareTo(Artifact other) {
    int byAddress = Long.compare(physicalAddress, other.physicalAddress);
    return byAddress != 0 ? byAddress : toString().compareTo(other.toString());
  }
}
