/** Every route that a router really has, those of its inner routers included: "get /readyz". */
import type { Router } from 'express';

export function routesOf(router: Router): string[] {
  return router.stack.flatMap((layer) => {
    const { route, handle } = layer as unknown as {
      route?: { path: string; methods: Record<string, boolean> };
      handle: { stack?: unknown[] };
    };
    if (route) return Object.keys(route.methods).map((method) => `${method} ${route.path}`);
    return handle.stack ? routesOf(handle as unknown as Router) : [];
  });
}
