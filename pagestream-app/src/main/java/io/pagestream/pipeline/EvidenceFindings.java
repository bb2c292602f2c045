package io.pagestream.pipeline;

import io.pagestream.analyzers.stage.ReportRules;
import io.pagestream.kernel.evidence.Evidence;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.finding.EvidenceKind;
import io.pagestream.schemas.finding.FindingIds;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.text.Hex;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Converts records of a kernel to findings. The value of a finding identifies the record among
 * those at its address: several processes may have the same file or socket open. Confined to one
 * thread.
 */
final class EvidenceFindings {
  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");
  private static final int MOST_CONTEXT = 400;

  private final ImageManifest manifest;
  private final ReportRules rules;
  private final FindingIds ids = new FindingIds();
  private final TreeMap<Long, AddressRange> ranges = new TreeMap<>();

  EvidenceFindings(ImageManifest manifest, ReportRules rules) {
    this.manifest = manifest;
    this.rules = rules;
    manifest.getRanges().forEach(range -> ranges.put(range.getPhysicalAddress(), range));
  }

  /** The finding of a record; empty if findings of its kind are not kept. */
  Optional<Finding> of(Evidence record) {
    String kind = record.kind().word();
    if (!rules.keeps(kind)) {
      return Optional.empty();
    }
    String value = value(record);
    Location location = Location.virtual(record.space(), record.address());
    String context = context(record);
    String imageId = manifest.getImageId();
    return Optional.of(
        Finding.newBuilder()
            .setFindingId(ids.of(imageId, EvidenceKind.SOURCE, kind, location, value))
            .setImageId(imageId)
            .setImage(manifest.getName())
            .setAnalyzer(EvidenceKind.SOURCE)
            .setKind(kind)
            .setValue(value)
            .setLocation(location.record())
            .setLength(record.length())
            .setContext(context)
            .setEncoding("binary")
            .setRangeKind(rangeKind(record))
            .setCacheType(CacheType.UNKNOWN)
            .setVerdict(VerdictKind.MAPPED) // read through the kernel's own page tables
            .setConfidence(Confidence.HIGH)
            .setAttributes(attributes(record, value, context))
            .build());
  }

  private static String value(Evidence record) {
    String value =
        switch (record.kind()) {
          case PROCESS, KERNEL_MODULE -> record.value("name");
          case SOCKET -> socket(record) + owner(record);
          case OPEN_FILE -> record.value("path") + owner(record);
          case MOUNT -> record.value("path");
          case KERNEL_LOG_RECORD ->
              "[%12s] %s".formatted(record.value("time"), record.value("text"));
        };
    return value.isEmpty() ? "-" : value;
  }

  private static String socket(Evidence record) {
    String protocol = record.value("protocol");
    if (protocol.equals("unix")) {
      return record.value("path").isEmpty() ? "unix" : "unix " + record.value("path");
    }
    String state = record.value("state");
    return "%s %s -> %s%s"
        .formatted(
            protocol,
            endpoint(record.value("local"), record.value("localPort")),
            endpoint(record.value("remote"), record.value("remotePort")),
            state.isEmpty() ? "" : " " + state);
  }

  private static String endpoint(String address, String port) {
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }

  private static String owner(Evidence record) {
    return record.value("pid").isEmpty()
        ? ""
        : " [pid %s fd %s]".formatted(record.value("pid"), record.value("descriptor"));
  }

  private static String context(Evidence record) {
    String text =
        record.values().entrySet().stream()
            .map(value -> value.getKey() + "=" + value.getValue())
            .collect(Collectors.joining(" "));
    return text.length() <= MOST_CONTEXT ? text : text.substring(0, MOST_CONTEXT);
  }

  /** The record's values; a value that the record does not have is not an attribute either. */
  private Map<String, String> attributes(Evidence record, String value, String context) {
    Map<String, String> attributes = new TreeMap<>();
    record.values().forEach((name, text) -> attributes.put(kebab(name), text));
    record
        .physicalAddress()
        .ifPresent(physical -> attributes.put("physical-address", Hex.of(physical)));
    rules.mark(value, context).ifPresent(mark -> attributes.put(ReportRules.ATTRIBUTE, mark));
    return attributes;
  }

  private static String kebab(String name) {
    return CAPITAL
        .matcher(name)
        .replaceAll(capital -> "-" + capital.group().toLowerCase(Locale.ROOT));
  }

  private RangeKind rangeKind(Evidence record) {
    if (record.physicalAddress().isEmpty()) {
      return RangeKind.UNKNOWN;
    }
    long physical = record.physicalAddress().getAsLong();
    Map.Entry<Long, AddressRange> range = ranges.floorEntry(physical);
    return range != null
            && physical < range.getKey() + Pages.address(range.getValue().getPageCount())
        ? range.getValue().getKind()
        : RangeKind.UNKNOWN;
  }
}
