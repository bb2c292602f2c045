/** What both stages between the topics need of Kafka Streams: their memory of images. */
@NullMarked
package io.pagestream.schemas.stage;

import org.jspecify.annotations.NullMarked;
