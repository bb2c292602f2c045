/** Combines the stages: each as a service, or all of them on one machine. */
@NullMarked
package io.pagestream.pipeline;

import org.jspecify.annotations.NullMarked;
