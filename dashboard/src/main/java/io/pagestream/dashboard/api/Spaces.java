package io.pagestream.dashboard.api;

import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.pagestream.cases.map.DenseSpace;
import io.pagestream.cases.map.StoreMap;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.schemas.avro.AddressRange;
import java.util.List;

/** The range maps of images, from the store. */
final class Spaces {
  private Spaces() {}

  /** An image's range map; an unknown image is an error 404. */
  static DenseSpace of(FindingStore store, String imageId) {
    List<AddressRange> ranges = new StoreMap(store, imageId).ranges();
    if (ranges.isEmpty()) {
      throw new HttpResponseException(
          HttpStatus.NOT_FOUND.getCode(), "there is no such image, or its range map is empty");
    }
    return new DenseSpace(ranges);
  }
}
