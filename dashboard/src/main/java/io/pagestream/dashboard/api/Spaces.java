package io.pagestream.dashboard.api;

import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.dashboard.map.DenseSpace;
import java.util.ArrayList;
import java.util.List;

/** The range maps of images, from the store. */
final class Spaces {
  private Spaces() {}

  /** An image's range map; an image that there is not is an error 404. */
  static DenseSpace of(FindingStore store, String imageId) {
    List<DenseSpace.Range> ranges =
        store.ask(
            """
            SELECT physical_address, page_count, kind, provenance, established, name
            FROM ranges WHERE image_id = ? ORDER BY physical_address\
            """,
            List.of(imageId),
            rows -> {
              List<DenseSpace.Range> all = new ArrayList<>();
              while (rows.next()) {
                all.add(
                    new DenseSpace.Range(
                        rows.getLong(1),
                        rows.getLong(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getString(6)));
              }
              return all;
            });
    if (ranges.isEmpty()) {
      throw new HttpResponseException(
          HttpStatus.NOT_FOUND.getCode(), "there is no such image, or its range map is empty");
    }
    return new DenseSpace(ranges);
  }
}
