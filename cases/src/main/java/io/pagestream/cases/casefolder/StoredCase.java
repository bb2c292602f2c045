package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JsonParser;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.finding.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A finished case in its folder, for reading. The manifest is kept in memory. Verdicts and findings
 * are read each time they are requested, because there may be millions of them.
 */
public final class StoredCase {
  private final CheckedCase seal;
  private final Path folder;
  private final ManifestReader.Facts facts;

  private StoredCase(CheckedCase seal) {
    this.seal = seal;
    this.folder = seal.folder();
    this.facts = ManifestReader.read(folder.resolve(CaseFiles.MANIFEST));
  }

  /**
   * Opens a case whose seal must be valid.
   *
   * @throws PagestreamException as {@link CheckedCase#open(Path)}
   */
  public static StoredCase open(Path folder) {
    return open(CheckedCase.open(folder));
  }

  /**
   * Opens a case whose seal was checked.
   *
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if its manifest is not a manifest
   *     of Pagestream
   */
  public static StoredCase open(CheckedCase checked) {
    return new StoredCase(checked);
  }

  /** Total number of findings according to the manifest; -1 if it is not given. */
  public long findings() {
    return facts.findings();
  }

  /** Whether the page accounting was complete at the end of the job. */
  public boolean addsUp() {
    return facts.addsUp();
  }

  /** The result of checking the seal. */
  public CheckedCase seal() {
    return seal;
  }

  /** The images of the case, in order. */
  public List<StoredImage> images() {
    return facts.images();
  }

  /**
   * The image with an id or name, or the only image.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if there is no such image or the choice is
   *     ambiguous
   */
  public StoredImage image(Optional<String> idOrName) {
    List<StoredImage> meant =
        facts.images().stream()
            .filter(image ->
                idOrName.isEmpty()
                    || image.imageId().equals(idOrName.get())
                    || image.name().equals(idOrName.get()))
            .toList();
    if (meant.size() == 1) {
      return meant.getFirst();
    }
    List<String> names =
        facts.images().stream().map(image -> image.imageId() + " (" + image.name() + ")").toList();
    throw PagestreamException.of(
        ErrorCode.USAGE,
        meant.isEmpty() ? "the case has no such image" : "the case has several images",
        "name one with --image: " + String.join(", ", names));
  }

  /** Delivers all spans of pages with the ids of their images, by image and address. */
  public void forEachSpan(BiConsumer<String, PageSpan> receiver) {
    new VerdictLines(new CaseFile(folder.resolve(CaseFiles.VERDICTS))).forEach(receiver);
  }

  /** Delivers all findings, by image and address. */
  public void forEachFinding(Consumer<StoredFinding> receiver) {
    CaseFile file = new CaseFile(folder.resolve(CaseFiles.FINDINGS));
    file.forEach(json -> receiver.accept(finding(file, json)));
  }

  private static StoredFinding finding(CaseFile file, JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>(List.of("", "", "", "", "", Location.PHYSICAL));
    long address = 0;
    long length = 0;
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      var unusedValue = json.nextToken();
      switch (field) {
        case "imageId" -> texts.set(0, file.text(json));
        case "analyzer" -> texts.set(1, file.text(json));
        case "kind" -> texts.set(2, file.text(json));
        case "value" -> texts.set(3, file.text(json));
        case "path" -> texts.set(4, file.text(json));
        case "space" -> texts.set(5, file.text(json));
        case "physicalAddress" -> address = file.number(json, Long.MIN_VALUE, Long.MAX_VALUE);
        case "length" -> length = file.number(json, 0, Integer.MAX_VALUE);
        default -> json.skipChildren();
      }
    }
    Location location = new Location(texts.get(5), address, texts.get(4));
    if (!location.isPossible()) {
      throw file.corrupt(json, "ends a finding whose address is out of bounds");
    }
    return new StoredFinding(
        texts.get(0),
        texts.get(1),
        texts.get(2),
        texts.get(3),
        location.space(),
        address,
        length,
        location.path());
  }
}
