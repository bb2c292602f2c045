/** The endpoints used by the browser, one class each; responses are JSON. */
@NullMarked
package io.pagestream.dashboard.api;

import org.jspecify.annotations.NullMarked;
