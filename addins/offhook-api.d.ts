// Made of docs/api/openapi.json by `npm run api-types`: change contract/local-api, not this.
export interface paths {
    "/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Version, and whether any line is registered.
         * @description Needs the scope `calls:read`.
         */
        get: operations["status.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The lines, and what each can do.
         * @description Needs the scope `calls:read`.
         */
        get: operations["lines.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lines/{lineId}/do-not-disturb": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Calls do not ring here.
         * @description Needs the scope `calls:control`.
         */
        put: operations["lines.setDoNotDisturb"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls that are up, and those that ended a moment ago.
         * @description Needs the scope `calls:read`.
         */
        get: operations["calls.list"];
        put?: never;
        /**
         * Dials a number in any written form. Asks the user first, unless the program is trusted to dial.
         * @description Needs the scope `calls:dial`.
         */
        post: operations["calls.place"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{callId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One call.
         * @description Needs the scope `calls:read`.
         */
        get: operations["calls.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{callId}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answers; the call that is up is held.
         * @description Needs the scope `calls:control`.
         */
        post: operations["calls.answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{callId}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hangs up, cancels or declines.
         * @description Needs the scope `calls:control`.
         */
        post: operations["calls.drop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{callId}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts on hold.
         * @description Needs the scope `calls:control`.
         */
        post: operations["calls.hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{callId}/unhold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes back; the one that is up is held.
         * @description Needs the scope `calls:control`.
         */
        post: operations["calls.unhold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/swap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Swaps the call that is up with the held one.
         * @description Needs the scope `calls:control`.
         */
        post: operations["calls.swap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{callId}/digits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends digits as DTMF.
         * @description Needs the scope `calls:control`.
         */
        post: operations["calls.dialDigits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{callId}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives the call away, unannounced.
         * @description Needs the scope `calls:control`.
         */
        post: operations["calls.transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{callId}/consult": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Calls somebody about this call.
         * @description Needs the scope `calls:control`.
         */
        post: operations["calls.setUpTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{callId}/complete-transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Joins both far ends.
         * @description Needs the scope `calls:control`.
         */
        post: operations["calls.completeTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{callId}/conference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes one call of two.
         * @description Needs the scope `calls:control`.
         */
        post: operations["calls.conference"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{callId}/park": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Parks the call at the PBX.
         * @description Needs the scope `calls:control`.
         */
        post: operations["calls.park"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/pick-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a call that rings at another phone.
         * @description Needs the scope `calls:control`.
         */
        post: operations["calls.pickUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dial-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link, or a text with numbers in it, to be dialled.
         * @description Needs the scope `calls:dial`.
         */
        post: operations["dial.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The numbers in a text, as they would be dialled.
         * @description Needs the scope `people:read`.
         */
        post: operations["numbers.find"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whose number it is, the surest first.
         * @description Needs the scope `people:read`.
         */
        get: operations["people.lookUp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People by any part of name, firm, number or note.
         * @description Needs the scope `people:read`.
         */
        get: operations["people.search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{personId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One person.
         * @description Needs the scope `people:read`.
         */
        get: operations["people.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has the card of a number or a person shown in the window.
         * @description Needs the scope `people:show`.
         */
        post: operations["people.showCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls of the log, newest first.
         * @description Needs the scope `log:read`.
         */
        get: operations["log.query"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/log/{callId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One call of the log.
         * @description Needs the scope `log:read`.
         */
        get: operations["log.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Note, outcome, follow-up and tags of a call.
         * @description Needs the scope `log:write`.
         */
        patch: operations["log.annotate"];
        trace?: never;
    };
    "/v1/pairing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A program asks to be let in; the user decides on the screen.
         * @description Needs no token.
         */
        post: operations["pairing.begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pairing/{pairingId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Answers when the user has decided, within 25 s.
         * @description Needs no token.
         */
        get: operations["pairing.await"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events as they happen, as server-sent events or, with an upgrade, as WebSocket texts.
         * @description Each event of which the program has the scope. A server-sent event has the name in `event:`, the data in `data:` and a growing `id:`; a WebSocket text is an `Event`. The first is `calls.snapshot`, after a gap as well. A page that cannot set headers of a WebSocket offers the subprotocols `offhook` and `offhook.token.<token>`.
         */
        get: operations["events.listen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Call: {
            id: string;
            lineId: string;
            /** @enum {string} */
            direction: "incoming" | "outgoing";
            state: components["schemas"]["CallState"];
            number: string | null;
            display: string;
            name: string | null;
            firm: string | null;
            personId: string | null;
            muted: boolean;
            startedAt: number;
            answeredAt: number | null;
            endedAt: number | null;
            disposition: components["schemas"]["Disposition"] | null;
            error: components["schemas"]["ErrorReport"] | null;
            possible: components["schemas"]["LineFeature"][];
        };
        /** @enum {string} */
        CallState: "idle" | "offering" | "dialing" | "proceeding" | "ringback" | "connected" | "onHold" | "onHoldPendingTransfer" | "conferenced" | "busy" | "disconnected";
        /** @enum {string} */
        Disposition: "answered" | "missed" | "declined" | "answered-elsewhere" | "busy" | "no-answer" | "cancelled" | "failed" | "cut";
        ErrorReport: {
            code: components["schemas"]["ErrorCode"];
            /** @default {} */
            values: Record<string, never>;
            /** @default null */
            detail: string | null;
        };
        /** @enum {string} */
        ErrorCode: "call.busy" | "call.declined" | "call.no-answer" | "call.not-found" | "call.number-incomplete" | "call.forbidden" | "call.payment-required" | "call.unavailable" | "call.media-not-acceptable" | "call.server-failed" | "call.server-overloaded" | "call.timed-out" | "call.unreachable" | "call.loop" | "call.failed" | "call.media-lost" | "call.cut" | "call.not-possible-now" | "call.unknown" | "call.limit-reached" | "call.blocked-number" | "line.wrong-password" | "line.unknown-user" | "line.refused" | "line.unreachable" | "line.name-not-found" | "line.timed-out" | "line.certificate-expired" | "line.certificate-untrusted" | "line.certificate-wrong-name" | "line.server-failed" | "line.not-registered" | "line.none" | "line.in-use" | "line.unknown" | "number.empty" | "number.unreadable" | "audio.no-microphone" | "audio.microphone-refused" | "audio.microphone-busy" | "audio.sound-blocked" | "audio.no-window" | "audio.failed" | "recording.disk-full" | "recording.failed" | "recording.missing" | "recording.unknown" | "recording.unplayable" | "settings.corrupt" | "settings.invalid" | "settings.not-saved" | "secrets.unreadable" | "storage.corrupt" | "storage.read-only" | "storage.full" | "storage.newer" | "storage.failed" | "export.failed" | "export.full" | "export.limit-reached" | "export.unknown" | "storage.record-refused" | "storage.salvaged" | "backup.no-space" | "backup.not-writable" | "backup.failed" | "backup.not-found" | "backup.not-ours" | "backup.damaged" | "backup.newer" | "records.call-up" | "records.busy" | "records.changed" | "records.nobody" | "directory.not-found" | "directory.locked" | "directory.unreadable" | "directory.too-large" | "directory.encrypted" | "directory.broken-file" | "directory.suspicious-file" | "directory.unsupported-file" | "directory.empty" | "directory.no-header" | "directory.no-numbers" | "directory.unreachable" | "directory.name-not-found" | "directory.timed-out" | "directory.certificate-untrusted" | "directory.certificate-expired" | "directory.certificate-wrong-name" | "directory.wrong-password" | "directory.forbidden" | "directory.sign-in-needed" | "directory.sign-in-failed" | "directory.referral" | "directory.limit-reached" | "directory.server-failed" | "directory.bad-answer" | "directory.invalid" | "directory.not-here" | "directory.outlook-missing" | "directory.outlook-busy" | "directory.busy" | "directory.cancelled" | "directory.unknown" | "directory.failed" | "entry.unreadable" | "entry.number-unreadable" | "entry.cell-error" | "entry.not-calculated" | "entry.too-large" | "entry.photo-unreadable" | "entry.same-id" | "people.unknown" | "people.not-editable" | "people.cannot-open" | "dial.no-number" | "dial.refused-premium" | "dial.refused-international" | "dial.refused-unreadable" | "dial.request-gone" | "dial.too-many" | "call.not-supported" | "links.not-here" | "links.failed" | "selection.empty" | "selection.unreadable" | "program.not-paired" | "program.not-allowed" | "program.refused" | "program.request-gone" | "program.too-many" | "program.too-fast" | "program.unknown" | "program.invalid" | "program.too-large" | "local-api.port-taken" | "local-api.failed" | "local-api.certificate-failed" | "local-api.trust-failed" | "local-api.not-running" | "sheet.unknown" | "sheet.row-unknown" | "sheet.walk-busy" | "sheet.no-walk" | "sheet.call-up" | "sheet.no-number" | "sheet.missing" | "sheet.locked" | "sheet.read-only" | "sheet.encrypted" | "sheet.final" | "sheet.protected" | "sheet.signed" | "sheet.unsupported" | "sheet.text-too-long" | "sheet.not-in-encoding" | "sheet.broken" | "sheet.too-large" | "sheet.changed" | "sheet.no-space" | "sheet.nothing-to-undo" | "sheet.column-unknown" | "sheet.formula" | "sheet.excel-busy" | "sheet.failed" | "delivery.unreachable" | "delivery.refused" | "delivery.not-allowed" | "delivery.no-object" | "delivery.failed" | "journal.unknown" | "journal.no-directory" | "action.unknown" | "action.invalid" | "action.program-missing" | "action.program-failed" | "action.address-refused" | "action.too-many" | "bridge.invalid-arguments" | "bridge.unknown-command" | "bridge.closed" | "internal.bug";
        /** @enum {string} */
        LineFeature: "make" | "answer" | "drop" | "hold" | "unhold" | "swap" | "dialDigits" | "blindTransfer" | "setUpTransfer" | "completeTransfer" | "conference" | "park" | "pickUp" | "doNotDisturb";
        Line: {
            id: string;
            label: string;
            address: string;
            isDefault: boolean;
            /** @enum {string} */
            registration: "disabled" | "registering" | "registered" | "refused" | "unreachable";
            features: components["schemas"]["LineFeature"][];
        };
        Person: {
            id: string;
            name: string;
            firm: string;
            role: string;
            numbers: {
                dial: string;
                display: string;
                label: string;
            }[];
            emails: string[];
        };
        Match: {
            /** @enum {string} */
            confidence: "certain" | "local" | "likely" | "possible";
            person: {
                id: string;
                name: string;
                firm: string;
                role: string;
                numbers: {
                    dial: string;
                    display: string;
                    label: string;
                }[];
            };
        };
        Record: {
            id: string;
            lineId: string;
            /** @enum {string} */
            direction: "incoming" | "outgoing";
            number: string | null;
            display: string;
            name: string | null;
            personId: string | null;
            offeredAt: number;
            answeredAt: number | null;
            endedAt: number | null;
            disposition: components["schemas"]["Disposition"] | null;
            note: string;
            outcome: string | null;
            followUpAt: number | null;
            tags: string[];
        };
        Error: {
            error: components["schemas"]["ErrorReport"];
            message: string;
        };
        /** @enum {string} */
        Scope: "calls:read" | "calls:dial" | "calls:control" | "people:read" | "people:show" | "log:read" | "log:write";
        /** @description Name, as in the title of the event, to what it carries. */
        Event: {
            id: number;
            /** @constant */
            event: "calls.snapshot";
            data: {
                calls: components["schemas"]["Call"][];
            };
        } | {
            id: number;
            /** @constant */
            event: "call.offered";
            data: {
                call: components["schemas"]["Call"];
            };
        } | {
            id: number;
            /** @constant */
            event: "call.changed";
            data: {
                call: components["schemas"]["Call"];
            };
        } | {
            id: number;
            /** @constant */
            event: "call.ended";
            data: {
                call: components["schemas"]["Call"];
            };
        } | {
            id: number;
            /** @constant */
            event: "lines.changed";
            data: {
                lines: components["schemas"]["Line"][];
            };
        } | {
            id: number;
            /** @constant */
            event: "log.recorded";
            data: {
                record: components["schemas"]["Record"];
            };
        } | {
            id: number;
            /** @constant */
            event: "log.annotated";
            data: {
                record: components["schemas"]["Record"];
            };
        };
    };
    responses: {
        /** @description The request cannot be understood. */
        "failure-400": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description No token, or a wrong one. */
        "failure-401": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The scope is missing, or it came from a page of another origin. */
        "failure-403": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body is above 64 KiB. */
        "failure-413": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Too often; `Retry-After` says how many seconds to wait. */
        "failure-429": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Everything else that went wrong; the code in `error` tells what. */
        "failure-default": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "status.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: string;
                        registered: boolean;
                        calls: number;
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "lines.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lines: components["schemas"]["Line"][];
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "lines.setDoNotDisturb": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lineId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    on: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calls: components["schemas"]["Call"][];
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    /** @default null */
                    lineId?: string | null;
                };
            };
        };
        responses: {
            /** @description The call is under way: `callId`. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        callId: string | null;
                        requestId: string | null;
                    };
                };
            };
            /** @description The user is asked on the screen: `requestId`. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        callId: string | null;
                        requestId: string | null;
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call: components["schemas"]["Call"];
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.answer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.drop": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.hold": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.unhold": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.swap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.dialDigits": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    digits: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.transfer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.setUpTransfer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        callId: string;
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.completeTransfer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    consultationCallId: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.conference": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    otherCallId: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.park": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default null */
                    place?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        place: string;
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "calls.pickUp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    /** @default null */
                    lineId?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        callId: string;
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "dial.open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    source: "link" | "selection" | "clipboard" | "program" | "browser" | "command-line" | "sheet";
                    text: string;
                    /** @default null */
                    origin?: {
                        id: string | null;
                        name: string;
                    } | null;
                };
            };
        };
        responses: {
            /** @description The call is under way: `callId`. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        callId: string | null;
                        requestId: string | null;
                    };
                };
            };
            /** @description The user is asked on the screen: `requestId`. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        callId: string | null;
                        requestId: string | null;
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "numbers.find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        numbers: {
                            at: number;
                            length: number;
                            text: string;
                            dial: string;
                            display: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "people.lookUp": {
        parameters: {
            query: {
                number: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        matches: components["schemas"]["Match"][];
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "people.search": {
        parameters: {
            query?: {
                text?: string;
                offset?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: number;
                        people: {
                            id: string;
                            name: string;
                            firm: string;
                            role: string;
                            numbers: {
                                dial: string;
                                display: string;
                                label: string;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "people.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                personId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        person: components["schemas"]["Person"];
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "people.showCard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    number: string;
                } | {
                    personId: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "log.query": {
        parameters: {
            query?: {
                text?: string;
                direction?: "incoming" | "outgoing";
                partyKey?: string;
                personId?: string;
                from?: number;
                to?: number;
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        records: components["schemas"]["Record"][];
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "log.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        record: components["schemas"]["Record"];
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "log.annotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                    outcome?: string | null;
                    followUpAt?: number | null;
                    followUpDone?: boolean;
                    tags?: string[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        record: components["schemas"]["Record"];
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "pairing.begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    scopes: components["schemas"]["Scope"][];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        pairingId: string;
                        code: string;
                        expiresAt: number;
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "pairing.await": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairingId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        state: "waiting" | "approved" | "refused";
                        token: string | null;
                    };
                };
            };
            400: components["responses"]["failure-400"];
            401: components["responses"]["failure-401"];
            403: components["responses"]["failure-403"];
            413: components["responses"]["failure-413"];
            429: components["responses"]["failure-429"];
            default: components["responses"]["failure-default"];
        };
    };
    "events.listen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WebSocket. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Server-sent events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Event"];
                };
            };
            401: components["responses"]["failure-401"];
            429: components["responses"]["failure-429"];
        };
    };
}
