package io.pagestream.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.schemas.page.Pages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An artifact that was planted in the guest's memory before it was dumped, and that the analyzers
 * must find.
 *
 * @param physicalAddress of its first byte
 * @param kind finding kind
 * @param value the finding's value; empty if any will do
 */
record PlantedArtifact(long physicalAddress, String kind, String value) {
  /** Kinds of findings by the generator's names for them. */
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("email", "email"),
          Map.entry("email-utf16le", "email"),
          Map.entry("utf16le-straddle", "email"),
          Map.entry("url", "url"),
          Map.entry("ipv4", "ipv4"),
          Map.entry("ipv6", "ipv6"),
          Map.entry("card", "payment-card"),
          Map.entry("cookie", "http-cookie"),
          Map.entry("http", "http-request"),
          Map.entry("mime", "rfc822-header"),
          Map.entry("utf16le", "windows-path"),
          Map.entry("password", "credential"),
          Map.entry("aes128-schedule", "aes-key"),
          Map.entry("aes192-schedule", "aes-key"),
          Map.entry("aes256-schedule", "aes-key"),
          Map.entry("pem-rsa", "pem-private-key"),
          Map.entry("pem-rsa-straddle", "pem-private-key"),
          Map.entry("pem-ec", "pem-private-key"),
          Map.entry("pem-ed25519", "pem-private-key"),
          Map.entry("der-rsa", "rsa-private-key"),
          Map.entry("elf-in-anon", "elf"),
          Map.entry("jpeg", "jpeg"),
          Map.entry("gzip", "gzip"),
          Map.entry("zip", "zip"),
          Map.entry("sqlite", "sqlite"));

  private static final Map<String, String> FILES =
      Map.of(
          "jpg",
          "jpeg",
          "png",
          "png",
          "gz",
          "gzip",
          "zip",
          "zip",
          "pdf",
          "pdf",
          "elf",
          "elf",
          "sqlite",
          "sqlite",
          "pem",
          "pem-private-key",
          "crt",
          "x509-certificate");

  /** All physically contiguous artifacts in the generator's ground truth. */
  static List<PlantedArtifact> of(Path groundTruth) {
    JsonNode truth = Repository.json(groundTruth);
    List<PlantedArtifact> planted = new ArrayList<>();
    for (JsonNode plant : truth.get("plants")) {
      String kind = KINDS.get(plant.get("type").textValue());
      if (kind != null && isContiguous(plant.get("pa"))) {
        planted.add(new PlantedArtifact(plant.get("pa").get(0).longValue(), kind, value(plant)));
      }
    }
    for (JsonNode file : truth.get("files")) {
      String path = file.get("path").textValue();
      String kind = FILES.get(path.substring(path.lastIndexOf('.') + 1));
      if (kind != null && isContiguous(file.get("pa"))) {
        planted.add(new PlantedArtifact(file.get("pa").get(0).longValue(), kind, ""));
      }
    }
    return planted;
  }

  /** The text artifacts inside the sample's evidence files, by the small images' truth. */
  static List<PlantedArtifact> inEvidenceFiles() {
    List<PlantedArtifact> planted = new ArrayList<>();
    for (JsonNode artifact : Repository.json(Repository.SMALL_IMAGES.resolve("truth.json"))) {
      String kind = KINDS.get(artifact.get("kind").textValue());
      if (kind != null && artifact.has("within")) {
        planted.add(
            new PlantedArtifact(
                artifact.get("physicalAddress").longValue(),
                kind,
                artifact.get("value").textValue()));
      }
    }
    return planted;
  }

  private static boolean isContiguous(JsonNode addresses) {
    for (int i = 1; i < addresses.size(); i++) {
      long expected = Pages.floor(addresses.get(i - 1).longValue()) + Pages.SIZE;
      if (addresses.get(i).longValue() != expected) {
        return false;
      }
    }
    return !addresses.isEmpty();
  }

  private static String value(JsonNode plant) {
    String type = plant.get("type").textValue();
    String payload = plant.get("payload_hex").textValue();
    byte[] bytes = HexFormat.of().parseHex(payload);
    return switch (KINDS.get(type)) {
      case "aes-key" -> payload;
      case "email" ->
          new String(
              bytes, type.contains("utf16le") ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
      // The plant is an address with a port.
      case "ipv4" -> new String(bytes, StandardCharsets.UTF_8).replaceAll(":\\d+$", "");
      case "url", "ipv6", "payment-card" -> new String(bytes, StandardCharsets.UTF_8);
      case null, default -> "";
    };
  }

  /** Whether this artifact is among those found. */
  private boolean isAmong(Set<Artifact> found) {
    return found.stream()
        .anyMatch(artifact ->
            artifact.physicalAddress() == physicalAddress
                && artifact.kind().equals(kind)
                && (value.isEmpty() || artifact.value().equals(value)));
  }

  /** The artifacts that were not found. */
  static List<PlantedArtifact> missing(List<PlantedArtifact> planted, TreeSet<Artifact> found) {
    return planted.stream().filter(artifact -> !artifact.isAmong(found)).toList();
  }
}
