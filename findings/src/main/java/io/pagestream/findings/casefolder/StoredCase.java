package io.pagestream.findings.casefolder;

import com.fasterxml.jackson.core.JsonParser;
import io.pagestream.findings.verdicts.PageSpan;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A finished case in its folder, to be read. The manifest is held, verdicts and findings are read
 * through each time they are asked for, since there may be millions of them.
 */
public final class StoredCase {
  private final Path folder;
  private final List<StoredImage> images;

  private StoredCase(Path folder, List<StoredImage> images) {
    this.folder = folder;
    this.images = List.copyOf(images);
  }

  /**
   * Opens a case.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_FOUND} if there is no case, {@link
   *     ErrorCode#RECORD_CORRUPT} if its manifest is not one of ours
   */
  public static StoredCase open(Path folder) {
    Path manifest = folder.resolve(CaseFolder.MANIFEST);
    return new StoredCase(folder, ManifestReader.images(manifest));
  }

  /** The images of the case, in order. */
  public List<StoredImage> images() {
    return images;
  }

  /**
   * The image of an id, or a name, or the only one there is.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if there is none or it is not clear which
   */
  public StoredImage image(Optional<String> idOrName) {
    List<StoredImage> meant =
        images.stream()
            .filter(image ->
                idOrName.isEmpty()
                    || image.imageId().equals(idOrName.get())
                    || image.name().equals(idOrName.get()))
            .toList();
    if (meant.size() == 1) {
      return meant.getFirst();
    }
    List<String> names =
        images.stream().map(image -> image.imageId() + " (" + image.name() + ")").toList();
    throw PagestreamException.of(
        ErrorCode.USAGE,
        meant.isEmpty() ? "the case has no such image" : "the case has several images",
        "name one with --image: " + String.join(", ", names));
  }

  /** Gives out all spans of pages with the ids of their images, by image and address. */
  public void forEachSpan(BiConsumer<String, PageSpan> receiver) {
    new VerdictLines(new CaseFile(folder.resolve(CaseFolder.VERDICTS))).forEach(receiver);
  }

  /** Gives out all findings, by image and address. */
  public void forEachFinding(Consumer<StoredFinding> receiver) {
    CaseFile file = new CaseFile(folder.resolve(CaseFolder.FINDINGS));
    file.forEach(json -> receiver.accept(finding(file, json)));
  }

  private static StoredFinding finding(CaseFile file, JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>(List.of("", "", "", "", ""));
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
        case "physicalAddress" -> address = file.number(json, 0, Pages.ADDRESS_LIMIT - 1);
        case "length" -> length = file.number(json, 0, Integer.MAX_VALUE);
        default -> json.skipChildren();
      }
    }
    return new StoredFinding(
        texts.get(0), texts.get(1), texts.get(2), texts.get(3), address, length, texts.get(4));
  }
}
