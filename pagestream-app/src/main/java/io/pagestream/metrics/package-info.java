/**
 * Metrics of the stages and the producer, in the format of Prometheus, and their health over HTTP.
 */
@NullMarked
package io.pagestream.metrics;

import org.jspecify.annotations.NullMarked;
