/** Forms of host names, IP addresses and schemes, and the registry of top-level domains. */
@NullMarked
package io.pagestream.analyzers.hosts;

import org.jspecify.annotations.NullMarked;
