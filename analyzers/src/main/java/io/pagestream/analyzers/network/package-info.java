/** Finds network packets, DNS messages and TLS client hellos. */
@NullMarked
package io.pagestream.analyzers.network;

import org.jspecify.annotations.NullMarked;
