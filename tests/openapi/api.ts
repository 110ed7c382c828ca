// Written by openapi-typescript, by scripts/openapi.ts. Do not edit.

export interface paths {
    "/api/authorise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a consent
         * @description Asks the bank for an authorisation. Send the customer to `location`. A consent from before stays in force until the new one is connected.
         */
        post: operations["authorise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from the bank
         * @description The bank sends the customer's browser here. The code is exchanged once; a repeat shows the same outcome. A prefetch, a HEAD, or a call that asks for no page spends nothing. Further parameters are ignored.
         */
        get: operations["callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how the consent stands
         * @description How the consent of this browser stands. The bank is not asked.
         */
        get: operations["getConsent"];
        put?: never;
        post?: never;
        /**
         * Disconnect
         * @description Erases all that this browser had of the scope, whatever state it is in, and ends the cookie.
         */
        delete: operations["deleteConsent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the accounts
         * @description The accounts that the customer agreed to show. A query of the bank's, such as `page` or `fromBookingDateTime`, is passed on as it came.
         */
        get: operations["getAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See an account
         * @description One of the accounts. A query of the bank's, such as `page` or `fromBookingDateTime`, is passed on as it came.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/{resource}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what there is of an account
         * @description A resource of an account. A query of the bank's, such as `page` or `fromBookingDateTime`, is passed on as it came. A host may add further resources in its profile.
         */
        get: operations["getAccountResource"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how the payment stands
         * @description How the payment of this browser stands. The bank is asked, every 2 seconds at most.
         */
        get: operations["getPayment"];
        put?: never;
        /**
         * Submit the payment
         * @description Submits the one payment of the consent, once whatever fails. The same again, byte for byte, is told how the first stands.
         */
        post: operations["pay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payment/funds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether there is money
         * @description Whether there is money for the payment.
         */
        get: operations["getFunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how the bank's interface fared
         * @description Uptime, request times and error rates by day and quarter. In production for whoever has the token alone; in sandbox for anybody, unless there is one.
         */
        get: operations["getStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch the calls
         * @description The calls of the consent that was asked for last. In sandbox alone.
         */
        get: operations["getJourney"];
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
        Advice: {
            /** @description What a program may match. */
            code: components["schemas"]["ProblemCode"];
            /** @description What to do. */
            advice: string;
        };
        /** @description Where to send the customer. */
        Authorisation: {
            /** @description The authorisation's UUID. */
            uuid: string;
            /** @description Where to. */
            location: string;
            /**
             * Format: date-time
             * @description Until when the customer may come back (RFC 3339).
             */
            expiresAt: string;
        };
        /** @description What the customer is to be asked for. A member that is `null` is as one that is absent. */
        AuthorisationRequest: {
            scope: components["schemas"]["Scope"];
            /** @description One of the worker's applications, by name; the first, without it. */
            application?: string | null;
            /** @description With the scope `pisp`: the payment to agree to. Then that one is submitted, and no other. */
            payment?: components["schemas"]["Payment"] | null;
            /** @description With the scope `pisp`: the order that it is for. */
            order?: components["schemas"]["Order"] | null;
        };
        /** @description How often the bank may be asked without the customer (`ACC-2`). */
        Budget: {
            /** @description How often each endpoint may be, in the hours below. */
            limit: number;
            /** @description Those hours. */
            hours: number;
            /** @description What is left of those that were asked in that time. */
            endpoints: components["schemas"]["EndpointLeft"][];
        };
        CallLog: {
            /** @description The gateway, by the base URL of its authorisations. */
            gateway?: string;
            /** @description How far the consent is; left out where there is none. */
            state?: components["schemas"]["ConsentState"] | "refreshing";
            /** @description Oldest first. */
            steps: components["schemas"]["Step"][];
        };
        /** @description How the consent of this browser stands. */
        Consent: {
            /** @description Whether another is asked for, to replace it. This one stays in force until that is connected. */
            renewing: boolean;
            environment: components["schemas"]["Environment"];
            /** @description What was asked for. */
            scope: components["schemas"]["Scope"];
            /** @description How far it is. */
            state: components["schemas"]["ConsentState"];
            /** @description What was granted. */
            permissions: string[];
            /**
             * Format: date-time
             * @description When it was granted (RFC 3339); `null` before and after.
             */
            grantedAt: string | null;
            /**
             * Format: date-time
             * @description When it ends (RFC 3339); `null` before and after.
             */
            expiresAt: string | null;
            /** @description How often the bank may be asked without the customer. */
            budget: components["schemas"]["Budget"];
            /** @description What people see the application called. */
            application?: string;
            /** @description The same of the bank. */
            bank?: string;
        };
        /** @description How the consent of this browser stands, or that there is none. */
        ConsentOrNone: components["schemas"]["Consent"] | components["schemas"]["None"];
        /**
         * @description How a consent is told to callers.
         * @enum {string}
         */
        ConsentState: "requested" | "authorised" | "active" | "spent" | "declined" | "code_expired" | "revoked" | "reauthorise" | "expired";
        /** @description What is left of an endpoint. */
        EndpointLeft: {
            /** @description Its path, without the query; with its method, where that is not GET. */
            endpoint: string;
            /** @description How many more requests may be sent now. */
            left: number;
            /**
             * Format: date-time
             * @description When there is one more (RFC 3339).
             */
            nextAt: string | null;
            /**
             * Format: date-time
             * @description When it was last asked (RFC 3339).
             */
            lastAt: string | null;
        };
        /**
         * @description `sandbox` or `production`. Nothing of one is ever used with the other (`ENV-5`).
         * @enum {string}
         */
        Environment: "sandbox" | "production";
        /** @description One thing wrong with a configuration or a payment: the setting's or member's name and what to do. Never the value (`CFG-4`). */
        Fault: {
            /** @description The setting or member, as the user wrote it. */
            setting: string;
            /** @description What is wrong with it. */
            problem: string;
        };
        /** @description What is told of a gateway's answer: nothing of it but what can hold no secret (`ERR-2`). */
        GatewayAnswer: {
            /** @description Its HTTP status. */
            status: number;
            /** @description Its OAuth `error`, if it is a registered one (RFC 6749 section 5.2). */
            error?: string;
        };
        GatewayReason: {
            /** @description A registered error. */
            error?: string;
            /** @description In its own words, without a secret. */
            description?: string;
            /** @description The rule that was broken, as this project's own gateway names it. */
            rule?: string;
        };
        /**
         * @description An HTTP method.
         * @enum {string}
         */
        Method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
        /** @description That there is none, for who asked for that with `none=ok`, and whom a page is to name. */
        None: {
            /** @constant */
            state: "none";
            environment: components["schemas"]["Environment"];
            /** @description The application's. */
            application?: string;
            /** @description The bank's. */
            bank?: string;
        };
        /** @description The order that a payment is for: paid once, whichever browser, consent or retry it comes from. */
        Order: string;
        /** @description A payment. Members that are not listed are passed on to the bank as they are. */
        Payment: {
            /** @description The account that pays, where the bank wants to be told. */
            AccountId?: string;
            /** @description The bank's own word for it, such as `FasterPayment`. */
            PaymentType: string;
            /** @description Who is paid. */
            BeneficiaryName: string;
            /** @description `SortCodeAccountNumber` or `IBAN`, with or without a prefix such as `UK.OBIE.`. */
            SchemeName: string;
            /** @description Sort code and account number, 14 digits together, or an IBAN without spaces. */
            BeneficiaryIdentification: string;
            /** @description A plain decimal above zero, with no more digits behind the point than the currency has. */
            Amount: string;
            /** @description A currency of ISO 4217. */
            Currency: string;
            /** @description What the beneficiary reads. */
            Reference: string;
        } & {
            [key: string]: unknown;
        };
        /** @description The payment that was stated when the consent was asked for, or this one; and the order that it is for. */
        PaymentOfOrder: {
            payment?: components["schemas"]["Payment"] | null;
            order?: components["schemas"]["Order"] | null;
        };
        /** @description How the payment of this browser stands, or that there is none. */
        PaymentOrNone: components["schemas"]["PaymentStatus"] | components["schemas"]["None"];
        /** @description A payment, or one with its order. `{}` submits the payment that was stated. */
        PaymentRequest: components["schemas"]["Payment"] | components["schemas"]["PaymentOfOrder"];
        /**
         * @description How far a payment is, as callers are told.
         * @enum {string}
         */
        PaymentState: "awaiting_consent" | "ready" | "submitting" | "unknown" | "accepted" | "settled" | "credited" | "rejected" | "blocked";
        /** @description How the payment of this browser stands. */
        PaymentStatus: {
            /** @description As it was stated or submitted. */
            payment?: components["schemas"]["Payment"];
            /** @description How far it is. */
            state: components["schemas"]["PaymentState"];
            /** @description The bank's word for that. */
            bankStatus?: string;
            /** @description The bank's name for it. */
            reference?: string;
        };
        /** @description How a payment stands. */
        PaymentTold: {
            /** @description How far it is. */
            state: components["schemas"]["PaymentState"];
            /** @description The bank's word for that. */
            bankStatus?: string;
            /** @description The bank's name for it. */
            reference?: string;
        };
        /**
         * @description What a caller can be answered with.
         * @enum {string}
         */
        ProblemCode: "invalid_argument" | "scope_invalid" | "path_invalid" | "method_invalid" | "json_invalid" | "too_large" | "user_ip_invalid" | "redirect_parameter_missing" | "redirect_parameter_repeated" | "redirect_parameter_invalid" | "payment_invalid" | "order_invalid" | "payments_off" | "payments_backend_only" | "statistics_token_wrong" | "configuration_invalid" | "snapshot_damaged" | "snapshot_version_unknown" | "vault_key_unknown" | "internal" | "busy" | "consent_not_found" | "not_authorised_yet" | "permission_missing" | "budget_spent" | "consent_already_started" | "payment_already_submitted" | "payment_mismatch" | "order_mismatch" | "order_already_paid" | "declined" | "code_expired" | "revoked" | "reauthorise" | "expired" | "redirect_mismatch" | "gateway_unreachable" | "gateway_timeout" | "gateway_bad_answer" | "gateway_failed" | "gateway_busy" | "gateway_refused" | "gateway_refused_client" | "location_refused" | "body_too_large" | "content_type_unsupported" | "method_not_allowed" | "origin_required" | "origin_mismatch" | "route_not_found" | "too_many_requests" | "too_early";
        /** @description Why a call failed (RFC 9457). `code` is stable; `detail` says what to do. */
        ProblemDetails: {
            /** @constant */
            type: "about:blank";
            /** @description The code in words. */
            title: string;
            /** @description The application's. */
            application?: string;
            /** @description The bank's. */
            bank?: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What to do. */
            detail: string;
            /** @description What a program may match. */
            code: components["schemas"]["ProblemCode"];
            /** @description What the gateway said, where it said something. */
            gateway?: components["schemas"]["GatewayAnswer"];
            /** @description In sandbox: why, in the gateway's own words. */
            description?: string;
            /** @description In sandbox: the rule that was broken, as this project's own gateway names it. */
            rule?: string;
            /** @description What is known of the payment that stands in the way. */
            payment?: components["schemas"]["PaymentTold"];
            /**
             * Format: date-time
             * @description With `budget_spent`: when it may be asked again (RFC 3339).
             */
            freeAt?: string;
            /** @description With `permission_missing`: which. */
            permission?: string;
            /** @description With `configuration_invalid` and `payment_invalid`: every fault found. */
            faults?: components["schemas"]["Fault"][];
        };
        Received: {
            /** @description `null` when no answer came. */
            status: number | null;
            /** @description As much of the body as can hold no secret: of a resource its beginning, as it came. */
            body?: string;
            /** @description Of a resource: the bytes of its body. */
            size?: number;
            /** @description Of a failure: what the gateway says of it. */
            reason?: components["schemas"]["GatewayReason"];
        };
        /**
         * @description What the PSU is asked to grant (`AUT-3`).
         * @enum {string}
         */
        Scope: "aisp" | "pisp";
        Sent: {
            /** @description The method. */
            method: components["schemas"]["Method"];
            /** @description The URL. */
            url: string;
            /** @description Names and values, secrets masked. */
            headers: {
                [key: string]: string;
            };
            /** @description The body, secrets masked. */
            body?: string;
        };
        Signed: {
            /** @description The header's. */
            header: string;
            /** @description The payload's, secrets masked. */
            payload: string;
        };
        /** @description What was counted of the bank's interface (`STA-1`). */
        Statistics: {
            /** @description The first day (UTC): `2026-01-31`. */
            from: string;
            /** @description The last. */
            to: string;
            /** @description Over those days. */
            summary: components["schemas"]["StatisticsKinds"];
            /** @description Each of them. */
            days: {
                /** @description Account information. */
                aisp: components["schemas"]["StatisticsFigures"] | null;
                /** @description Payments. */
                pisp: components["schemas"]["StatisticsFigures"] | null;
                /** @description Whether there is money for one. */
                cbpii: components["schemas"]["StatisticsFigures"] | null;
                date: string;
            }[];
            /** @description Every quarter that is kept, such as `2026-Q1`. */
            quarters: {
                /** @description Account information. */
                aisp: components["schemas"]["StatisticsFigures"] | null;
                /** @description Payments. */
                pisp: components["schemas"]["StatisticsFigures"] | null;
                /** @description Whether there is money for one. */
                cbpii: components["schemas"]["StatisticsFigures"] | null;
                quarter: string;
            }[];
        };
        /** @description The figures of one kind over some time: rates and uptime in per cent, with two places. */
        StatisticsFigures: {
            requests: number;
            /** @description Of the slots of five minutes in which something was asked, those in which not everything failed. */
            uptime: number;
            /** @description Of the calls that were answered, or waited for in vain; `null` where no connection came about at all. */
            averageMs: number | null;
            /** @description Wrong by one part in 32 at most, as the other percentiles. */
            p50Ms: number | null;
            p95Ms: number | null;
            p99Ms: number | null;
            errorRate: number;
            /** @description Of answers that say that the bank fails, or cannot be read. */
            bankErrorRate: number;
            /** @description Of no connection, or no answer in time. */
            networkErrorRate: number;
            bankErrors: number;
            networkErrors: number;
        };
        /** @description The figures of each kind; `null` where nothing was asked. */
        StatisticsKinds: {
            /** @description Account information. */
            aisp: components["schemas"]["StatisticsFigures"] | null;
            /** @description Payments. */
            pisp: components["schemas"]["StatisticsFigures"] | null;
            /** @description Whether there is money for one. */
            cbpii: components["schemas"]["StatisticsFigures"] | null;
        };
        Step: {
            /**
             * Format: date-time
             * @description When (RFC 3339).
             */
            at: string;
            /** @description Milliseconds until the answer was here, or was given up. */
            ms?: number;
            /** @description Of which kind. */
            call: components["schemas"]["StepKind"];
            /** @description What was sent. */
            request?: components["schemas"]["Sent"];
            /** @description What was signed of it. */
            signed?: components["schemas"]["Signed"];
            /** @description What else is to be known of it. */
            note?: string;
            /** @description What came back, once it did. */
            response?: components["schemas"]["Received"];
            /** @description What callers were told, where they were told of a failure. */
            told?: components["schemas"]["Advice"];
        };
        /** @enum {string} */
        StepKind: "authorise" | "redirect" | "exchange" | "refresh" | "resource" | "payment";
        /** @description The bank's JSON, byte for byte, or nothing where the bank sent nothing. The guide names no members; `tell-connect/views` reads what banks send. */
        BankAnswer: unknown;
        /** @description Tables of CSV, in the columns of the guide. */
        Table: string;
    };
    responses: {
        /** @description The bank's answer, as it came. */
        200: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BankAnswer"];
            };
        };
        /** @description A success of the bank's that has no body. */
        204: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description - `scope_invalid`: The scope must be "aisp" or "pisp". */
        400: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "scope_invalid";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /** @description - `origin_mismatch`: This call changes something, so it must come from this site's own pages. */
        403: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "origin_mismatch";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /** @description - `consent_not_found`: There is no consent here. Connect the bank first. */
        404: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "consent_not_found";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description - `not_authorised_yet`: The customer has not come back from the bank yet. Finish there first.
         *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
         */
        409: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "not_authorised_yet" | "gateway_refused";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description - `body_too_large`: The body is larger than 16 KiB.
         *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
         */
        413: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "body_too_large" | "gateway_refused";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description - `content_type_unsupported`: Send the body as application/json.
         *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
         */
        415: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "content_type_unsupported" | "gateway_refused";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /** @description - `too_many_requests`: There were too many calls of this kind. Try again after the time in Retry-After. */
        429: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "too_many_requests";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description - `configuration_invalid`: The configuration has faults; each names its setting.
         *     - `snapshot_damaged`: The stored consent cannot be read. It was left as it is.
         *     - `snapshot_version_unknown`: The stored consent was written by a newer version of this program. It was left as it is.
         *     - `vault_key_unknown`: A stored consent is under a key that TELL_VAULT_KEY does not list. It was left as it is.
         *     - `internal`: The worker failed. Nothing was lost; try again.
         */
        500: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "configuration_invalid" | "snapshot_damaged" | "snapshot_version_unknown" | "vault_key_unknown" | "internal";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description - `gateway_unreachable`: The bank's gateway cannot be reached. Try again in a minute.
         *     - `gateway_bad_answer`: The bank's gateway gave an answer that cannot be read. Try again in a minute.
         *     - `gateway_failed`: The bank's gateway failed. Try again in a minute.
         *     - `gateway_refused_client`: The bank's gateway refused our credentials or signature. Check id, secret, app, certificate and clock.
         */
        502: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "gateway_unreachable" | "gateway_bad_answer" | "gateway_failed" | "gateway_refused_client";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description - `busy`: Too much is under way here. Try again after the time in Retry-After.
         *     - `gateway_busy`: The bank's gateway is busy. Try again after the time in Retry-After.
         */
        503: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "busy" | "gateway_busy";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /** @description - `gateway_timeout`: The bank's gateway did not answer in time. Try again in a minute. */
        504: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "gateway_timeout";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /** @description - `gateway_refused`: The bank refused this call; its status and error are kept beside this. */
        "4XX": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "gateway_refused";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /** @description - `busy`: Too much is under way here. Try again after the time in Retry-After. */
        "503-2": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "busy";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description - `path_invalid`: The path must start with a slash and have no host, version or fragment.
         *     - `too_large`: There are more bytes than are taken.
         *     - `user_ip_invalid`: The user's address must be a public IPv4 or IPv6 address, as the edge saw it.
         *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
         */
        "400-2": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "path_invalid" | "too_large" | "user_ip_invalid" | "gateway_refused";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description - `declined`: The customer declined, or could not be authenticated. Connect again to retry.
         *     - `code_expired`: The bank's authorisation code is too old to be used. Connect again.
         *     - `revoked`: The bank no longer honours this consent. Connect again to renew it.
         *     - `reauthorise`: The bank can no longer tell whether this consent holds. Connect again to renew it.
         *     - `expired`: The consent has run out. Connect again to renew it.
         *     - `origin_mismatch`: This call changes something, so it must come from this site's own pages.
         *     - `permission_missing`: The customer did not permit this; the permission is named beside this. Ask for a consent with it.
         *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
         */
        "403-2": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "declined" | "code_expired" | "revoked" | "reauthorise" | "expired" | "origin_mismatch" | "permission_missing" | "gateway_refused";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description - `consent_not_found`: There is no consent here. Connect the bank first.
         *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
         */
        "404-2": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {unknown} */
                    code?: "consent_not_found" | "gateway_refused";
                } & components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Another success of the bank's. Its status is passed on. */
        "2XX": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                "Referrer-Policy": components["headers"]["Referrer-Policy"];
                "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                "Set-Cookie": components["headers"]["CookieRenewed"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BankAnswer"];
            };
        };
    };
    parameters: {
        /**
         * @description Which consent; `aisp`, without it.
         * @example aisp
         */
        Scope: components["schemas"]["Scope"];
        /**
         * @description Has a 200 say that there is none, in place of a 404, of which a browser tells in its console.
         * @example ok
         */
        None: "ok";
        /**
         * @description The order that the payment is for, beside the member `order`: the same one, where both are there.
         * @example order-17
         */
        IdempotencyKey: components["schemas"]["Order"];
        /**
         * @description The worker's own origin. A browser sends it by itself. Whatever else changes something sends this or `Sec-Fetch-Site`; each that is there has to be right.
         * @example https://shop.example
         */
        Origin: string;
        /**
         * @description A browser sends it by itself.
         * @example same-origin
         */
        SecFetchSite: "same-origin";
    };
    requestBodies: never;
    headers: {
        /** @description Nothing is kept. */
        "Cache-Control": "no-store";
        /** @description Nothing runs. */
        "Content-Security-Policy": "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";
        /** @description No other site embeds it. */
        "Cross-Origin-Resource-Policy": "same-origin";
        /** @description No URL is told to others. */
        "Referrer-Policy": "no-referrer";
        /** @description This host is called by https alone. */
        "Strict-Transport-Security": "max-age=31536000";
        /** @description The type is as it is said. */
        "X-Content-Type-Options": "nosniff";
        /** @description To the page. */
        Location: "/#connected" | "/#declined" | "/#error=redirect_parameter_missing" | "/#error=redirect_parameter_repeated" | "/#error=redirect_parameter_invalid" | "/#error=too_large" | "/#error=redirect_mismatch" | "/#error=consent_not_found" | "/#error=code_expired" | "/#error=revoked" | "/#error=reauthorise" | "/#error=expired" | "/#error=configuration_invalid" | "/#error=snapshot_damaged" | "/#error=snapshot_version_unknown" | "/#error=vault_key_unknown" | "/#error=internal" | "/#error=busy" | "/#error=gateway_timeout" | "/#error=gateway_unreachable" | "/#error=gateway_bad_answer" | "/#error=gateway_failed" | "/#error=gateway_busy" | "/#error=gateway_refused" | "/#error=gateway_refused_client";
        /** @description Seconds after which another try makes sense. */
        "Retry-After": string;
        /** @description A session, sealed by the worker; each line is of one scope. */
        "Set-Cookie": string;
        /** @description A token is needed. */
        "WWW-Authenticate": "Bearer";
        /** @description A session, sealed by the worker; each line is of one scope. */
        CookieRenewed: string;
        /** @description The name of the file, with CSV. */
        FileName: "attachment; filename=\"statistics.csv\"";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    authorise: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The order that the payment is for, beside the member `order`: the same one, where both are there.
                 * @example order-17
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The worker's own origin. A browser sends it by itself. Whatever else changes something sends this or `Sec-Fetch-Site`; each that is there has to be right.
                 * @example https://shop.example
                 */
                Origin?: components["parameters"]["Origin"];
                /**
                 * @description A browser sends it by itself.
                 * @example same-origin
                 */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description 16 KiB at most. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuthorisationRequest"];
            };
        };
        responses: {
            /** @description The customer can be sent to the bank. A session cookie is set. */
            201: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Authorisation"];
                };
            };
            /**
             * @description - `json_invalid`: The text is not JSON (RFC 8259).
             *     - `payment_invalid`: The payment has faults; each names its member. Nothing was sent.
             *     - `order_invalid`: The order key must be 1 to 255 visible ASCII characters, and one alone.
             *     - `invalid_argument`: An argument is missing or of the wrong type.
             *     - `scope_invalid`: The scope must be "aisp" or "pisp".
             *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "json_invalid" | "payment_invalid" | "order_invalid" | "invalid_argument" | "scope_invalid" | "gateway_refused";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            /**
             * @description - `origin_required`: This call changes something, so it needs an Origin or Sec-Fetch-Site header of this site.
             *     - `origin_mismatch`: This call changes something, so it must come from this site's own pages.
             *     - `payments_off`: This site makes no payments: its TELL_PAYMENTS is off.
             *     - `payments_backend_only`: This site's backend starts its payments: TELL_PAYMENTS is backend. Start there.
             *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "origin_required" | "origin_mismatch" | "payments_off" | "payments_backend_only" | "gateway_refused";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            /**
             * @description - `order_already_paid`: A payment of this order was sent already, and how it stands is told beside this. Do not pay it again.
             *     - `consent_already_started`: This consent was asked for already.
             *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
             */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "order_already_paid" | "consent_already_started" | "gateway_refused";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            /**
             * @description - `order_mismatch`: This order key is of another payment. Nothing was sent; use a key of its own for each order.
             *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
             */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "order_mismatch" | "gateway_refused";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            /**
             * @description - `gateway_unreachable`: The bank's gateway cannot be reached. Try again in a minute.
             *     - `gateway_bad_answer`: The bank's gateway gave an answer that cannot be read. Try again in a minute.
             *     - `gateway_failed`: The bank's gateway failed. Try again in a minute.
             *     - `gateway_refused_client`: The bank's gateway refused our credentials or signature. Check id, secret, app, certificate and clock.
             *     - `location_refused`: The gateway would send the customer to a host that is not the bank's.
             */
            502: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "gateway_unreachable" | "gateway_bad_answer" | "gateway_failed" | "gateway_refused_client" | "location_refused";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            503: components["responses"]["503"];
            504: components["responses"]["504"];
            "4XX": components["responses"]["4XX"];
        };
    };
    callback: {
        parameters: {
            query: {
                /**
                 * @description The bank's id of the authorisation.
                 * @example intent-1
                 */
                "intent-id": string;
                /**
                 * @description The UUID under which it was asked for.
                 * @example c0fd407d-134b-4091-8e04-ab49a98db217
                 */
                uuid: string;
                /**
                 * @description Absent, empty or `null` where the customer declined.
                 * @example code-1
                 */
                authorisation_code: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the page: `/#connected`, `/#declined`, or `/#error=` and a code. */
            303: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `too_early`: A prefetch or a HEAD cannot finish an authorisation. Follow the link. */
            425: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "too_early";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            500: components["responses"]["500"];
            503: components["responses"]["503-2"];
        };
    };
    getConsent: {
        parameters: {
            query?: {
                /**
                 * @description Which consent; `aisp`, without it.
                 * @example aisp
                 */
                scope?: components["parameters"]["Scope"];
                /**
                 * @description Has a 200 say that there is none, in place of a 404, of which a browser tells in its console.
                 * @example ok
                 */
                none?: components["parameters"]["None"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is one; or, with `none=ok`, there is none. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentOrNone"];
                };
            };
            400: components["responses"]["400"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            500: components["responses"]["500"];
            503: components["responses"]["503-2"];
            504: components["responses"]["504"];
        };
    };
    deleteConsent: {
        parameters: {
            query?: {
                /**
                 * @description Which consent; `aisp`, without it.
                 * @example aisp
                 */
                scope?: components["parameters"]["Scope"];
            };
            header?: {
                /**
                 * @description The worker's own origin. A browser sends it by itself. Whatever else changes something sends this or `Sec-Fetch-Site`; each that is there has to be right.
                 * @example https://shop.example
                 */
                Origin?: components["parameters"]["Origin"];
                /**
                 * @description A browser sends it by itself.
                 * @example same-origin
                 */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing is left, or nothing was there. */
            204: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            /**
             * @description - `origin_required`: This call changes something, so it needs an Origin or Sec-Fetch-Site header of this site.
             *     - `origin_mismatch`: This call changes something, so it must come from this site's own pages.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "origin_required" | "origin_mismatch";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            500: components["responses"]["500"];
            503: components["responses"]["503-2"];
            504: components["responses"]["504"];
        };
    };
    getAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200"];
            204: components["responses"]["204"];
            400: components["responses"]["400-2"];
            403: components["responses"]["403-2"];
            404: components["responses"]["404-2"];
            409: components["responses"]["409"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            502: components["responses"]["502"];
            503: components["responses"]["503"];
            504: components["responses"]["504"];
            "2XX": components["responses"]["2XX"];
            "4XX": components["responses"]["4XX"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The bank's id of the account.
                 * @example 12345678
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["200"];
            204: components["responses"]["204"];
            400: components["responses"]["400-2"];
            403: components["responses"]["403-2"];
            404: components["responses"]["404-2"];
            409: components["responses"]["409"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            502: components["responses"]["502"];
            503: components["responses"]["503"];
            504: components["responses"]["504"];
            "2XX": components["responses"]["2XX"];
            "4XX": components["responses"]["4XX"];
        };
    };
    getAccountResource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The bank's id of the account.
                 * @example 12345678
                 */
                id: string;
                /**
                 * @description Which.
                 * @example balance
                 */
                resource: "balance" | "transactions" | "beneficiaries" | "direct-debits" | "standing-orders" | "scheduled-payments" | "product";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bank's answer, as it came. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankAnswer"];
                };
            };
            204: components["responses"]["204"];
            400: components["responses"]["400-2"];
            403: components["responses"]["403-2"];
            404: components["responses"]["404-2"];
            409: components["responses"]["409"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            502: components["responses"]["502"];
            503: components["responses"]["503"];
            504: components["responses"]["504"];
            "2XX": components["responses"]["2XX"];
            "4XX": components["responses"]["4XX"];
        };
    };
    getPayment: {
        parameters: {
            query?: {
                /**
                 * @description Has a 200 say that there is none, in place of a 404, of which a browser tells in its console.
                 * @example ok
                 */
                none?: components["parameters"]["None"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is known of it; or, with `none=ok`, that there is none. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentOrNone"];
                };
            };
            /** @description - `user_ip_invalid`: The user's address must be a public IPv4 or IPv6 address, as the edge saw it. */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "user_ip_invalid";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            /**
             * @description - `declined`: The customer declined, or could not be authenticated. Connect again to retry.
             *     - `code_expired`: The bank's authorisation code is too old to be used. Connect again.
             *     - `revoked`: The bank no longer honours this consent. Connect again to renew it.
             *     - `reauthorise`: The bank can no longer tell whether this consent holds. Connect again to renew it.
             *     - `expired`: The consent has run out. Connect again to renew it.
             *     - `origin_mismatch`: This call changes something, so it must come from this site's own pages.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "declined" | "code_expired" | "revoked" | "reauthorise" | "expired" | "origin_mismatch";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            404: components["responses"]["404"];
            500: components["responses"]["500"];
            503: components["responses"]["503-2"];
            504: components["responses"]["504"];
        };
    };
    pay: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The order that the payment is for, beside the member `order`: the same one, where both are there.
                 * @example order-17
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The worker's own origin. A browser sends it by itself. Whatever else changes something sends this or `Sec-Fetch-Site`; each that is there has to be right.
                 * @example https://shop.example
                 */
                Origin?: components["parameters"]["Origin"];
                /**
                 * @description A browser sends it by itself.
                 * @example same-origin
                 */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description 16 KiB at most. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentRequest"];
            };
        };
        responses: {
            /** @description It was submitted before. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentTold"];
                };
            };
            /** @description It was submitted now. */
            201: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentTold"];
                };
            };
            /** @description It was sent, and its fate is not known yet. Do not pay again. */
            202: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentTold"];
                };
            };
            /**
             * @description - `json_invalid`: The text is not JSON (RFC 8259).
             *     - `payment_invalid`: The payment has faults; each names its member. Nothing was sent.
             *     - `order_invalid`: The order key must be 1 to 255 visible ASCII characters, and one alone.
             *     - `invalid_argument`: An argument is missing or of the wrong type.
             *     - `user_ip_invalid`: The user's address must be a public IPv4 or IPv6 address, as the edge saw it.
             *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "json_invalid" | "payment_invalid" | "order_invalid" | "invalid_argument" | "user_ip_invalid" | "gateway_refused";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            /**
             * @description - `origin_required`: This call changes something, so it needs an Origin or Sec-Fetch-Site header of this site.
             *     - `origin_mismatch`: This call changes something, so it must come from this site's own pages.
             *     - `payments_off`: This site makes no payments: its TELL_PAYMENTS is off.
             *     - `payments_backend_only`: This site's backend starts its payments: TELL_PAYMENTS is backend. Start there.
             *     - `declined`: The customer declined, or could not be authenticated. Connect again to retry.
             *     - `code_expired`: The bank's authorisation code is too old to be used. Connect again.
             *     - `revoked`: The bank no longer honours this consent. Connect again to renew it.
             *     - `reauthorise`: The bank can no longer tell whether this consent holds. Connect again to renew it.
             *     - `expired`: The consent has run out. Connect again to renew it.
             *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "origin_required" | "origin_mismatch" | "payments_off" | "payments_backend_only" | "declined" | "code_expired" | "revoked" | "reauthorise" | "expired" | "gateway_refused";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            404: components["responses"]["404-2"];
            /**
             * @description - `order_already_paid`: A payment of this order was sent already, and how it stands is told beside this. Do not pay it again.
             *     - `not_authorised_yet`: The customer has not come back from the bank yet. Finish there first.
             *     - `payment_already_submitted`: This consent's one payment was sent already. Ask for its status instead.
             *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
             */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "order_already_paid" | "not_authorised_yet" | "payment_already_submitted" | "gateway_refused";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            /**
             * @description - `order_mismatch`: This order key is of another payment. Nothing was sent; use a key of its own for each order.
             *     - `payment_mismatch`: The customer was asked to agree to another payment. Submit that one, or ask for a new consent.
             *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
             */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "order_mismatch" | "payment_mismatch" | "gateway_refused";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            502: components["responses"]["502"];
            503: components["responses"]["503"];
            504: components["responses"]["504"];
            "4XX": components["responses"]["4XX"];
        };
    };
    getFunds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bank's answer, as it came; `{"state":"awaiting_consent"}` while the customer is at the bank. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankAnswer"];
                };
            };
            204: components["responses"]["204"];
            /**
             * @description - `user_ip_invalid`: The user's address must be a public IPv4 or IPv6 address, as the edge saw it.
             *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "user_ip_invalid" | "gateway_refused";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            /**
             * @description - `declined`: The customer declined, or could not be authenticated. Connect again to retry.
             *     - `code_expired`: The bank's authorisation code is too old to be used. Connect again.
             *     - `revoked`: The bank no longer honours this consent. Connect again to renew it.
             *     - `reauthorise`: The bank can no longer tell whether this consent holds. Connect again to renew it.
             *     - `expired`: The consent has run out. Connect again to renew it.
             *     - `origin_mismatch`: This call changes something, so it must come from this site's own pages.
             *     - `gateway_refused`: The bank refused this call; its status and error are kept beside this.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "declined" | "code_expired" | "revoked" | "reauthorise" | "expired" | "origin_mismatch" | "gateway_refused";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            404: components["responses"]["404-2"];
            500: components["responses"]["500"];
            502: components["responses"]["502"];
            503: components["responses"]["503"];
            504: components["responses"]["504"];
            "2XX": components["responses"]["2XX"];
            "4XX": components["responses"]["4XX"];
        };
    };
    getStatistics: {
        parameters: {
            query?: {
                /**
                 * @description The first day (UTC); 30 days, without it.
                 * @example 2026-01-01
                 */
                from?: string;
                /**
                 * @description The last day; today, without it. 400 days in all at most.
                 * @example 2026-01-31
                 */
                to?: string;
                /**
                 * @description In which form.
                 * @example json
                 */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. As CSV, with a file's name in `Content-Disposition`. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Content-Disposition": components["headers"]["FileName"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                    "text/csv": components["schemas"]["Table"];
                };
            };
            /** @description - `invalid_argument`: An argument is missing or of the wrong type. */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "invalid_argument";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            /** @description - `statistics_token_wrong`: The statistics are shown to whoever sends TELL_STATISTICS_TOKEN as a bearer token. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "statistics_token_wrong";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            /** @description - `origin_mismatch`: This call changes something, so it must come from this site's own pages. */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "origin_mismatch";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            /** @description - `route_not_found`: There is nothing at this address. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "route_not_found";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            /**
             * @description - `configuration_invalid`: The configuration has faults; each names its setting.
             *     - `snapshot_damaged`: The stored consent cannot be read. It was left as it is.
             *     - `snapshot_version_unknown`: The stored consent was written by a newer version of this program. It was left as it is.
             *     - `vault_key_unknown`: A stored consent is under a key that TELL_VAULT_KEY does not list. It was left as it is.
             *     - `internal`: The worker failed. Nothing was lost; try again.
             */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "configuration_invalid" | "snapshot_damaged" | "snapshot_version_unknown" | "vault_key_unknown" | "internal";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            /** @description - `busy`: Too much is under way here. Try again after the time in Retry-After. */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "busy";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getJourney: {
        parameters: {
            query?: {
                /**
                 * @description Which consent; `aisp`, without it.
                 * @example aisp
                 */
                scope?: components["parameters"]["Scope"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Oldest first, secrets masked. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallLog"];
                };
            };
            400: components["responses"]["400"];
            403: components["responses"]["403"];
            /** @description - `route_not_found`: There is nothing at this address. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    "Set-Cookie": components["headers"]["CookieRenewed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        code?: "route_not_found";
                    } & components["schemas"]["ProblemDetails"];
                };
            };
            500: components["responses"]["500"];
            503: components["responses"]["503-2"];
        };
    };
}
